// @ts-nocheck
// 
import { buildClientSchema, getIntrospectionQuery, type IntrospectionQuery, parse, validate } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GRAPHIQL_DOCUMENT } from '../../src/graphql/graphiql.ts';
import { schema } from '../../src/schema/index.ts';
import { bearer, graphqlEndpoint, restEndpoint } from '../support/endpoints.ts';
import { bootKernel, DEV_ADMIN, type Person, type TestKernel } from '../support/kernel.ts';

const PATH = '/api/v1/graphql';
const asBrowser = (target: TestKernel): Promise<Response> =>
  target.request(PATH, { headers: { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' } });

let target: TestKernel;
let admin: Person;
beforeAll(async () => {
  target = await bootKernel();
  admin = await target.signIn(DEV_ADMIN.email, DEV_ADMIN.password);
});
afterAll(async () => {
  await target[Symbol.asyncDispose]();
});

describe('GraphiQL', () => {
  it('opens in a browser in development, with the mutation filled in', async () => {
    const response = await asBrowser(target);
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch(/^text\/html/);
    const page = await response.text();
    expect(page).toContain('createApiKey(input: { name: ');
    // It comes whole from this server: nothing of it is loaded from elsewhere.
    expect(page).not.toMatch(/<(?:script|link)[^>]+(?:src|href)="https?:/);
  });

  it('is filled in with a document that the schema takes', () => {
    expect(validate(schema, parse(GRAPHIQL_DOCUMENT))).toEqual([]);
  });

  it('is filled in with a document of which a window of 1280 by 800 pixels shows every line whole', () => {
    // Seen in Chromium: the editor has 22 lines of some 50 characters there.
    const lines = GRAPHIQL_DOCUMENT.trimEnd().split('\n');
    expect(lines.length).toBeLessThanOrEqual(22);
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(50);
  });

  it('answers nothing before sign-in', async () => {
    const answer = await graphqlEndpoint(target).send({}, JSON.stringify({ query: getIntrospectionQuery() }));
    expect(answer).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
  });

  it('can ask for the schema in development', async () => {
    const { text } = await graphqlEndpoint(target).send(
      bearer(admin.token),
      JSON.stringify({ query: getIntrospectionQuery() }),
    );
    const { data } = JSON.parse(text) as { data: IntrospectionQuery };
    expect(buildClientSchema(data).getMutationType()?.getFields()).toHaveProperty('createApiKey');
  });
});

describe('in production', () => {
  it.each([
    ['without INTROSPECTION', false],
    ['with INTROSPECTION=true', true],
  ])('%s there is no GraphiQL, and introspection is as it was said', async (_case, introspection) => {
    await using production = await bootKernel({ config: { nodeEnv: 'production', introspection } });
    const page = await asBrowser(production);
    expect(page.status).toBe(401);
    expect(page.headers.get('content-type')).toMatch(/json/);
    expect(await page.text()).not.toContain('<');

    const person = await production.newPerson();
    const answer = await graphqlEndpoint(production).send(
      bearer(person.token),
      JSON.stringify({ query: '{ __schema { queryType { name } } }' }),
    );
    expect(answer.text.includes('"queryType":{"name":"Query"}')).toBe(introspection);
  });
});

describe('viewer', () => {
  const VIEWER = JSON.stringify({ query: '{ viewer { id email organizationId scopes } }' });

  it('is the person with the session, with what they may put on a key', async () => {
    const person = await target.newPerson();
    const { text } = await graphqlEndpoint(target).send(bearer(person.token), VIEWER);
    const { viewer } = (JSON.parse(text) as { data: { viewer: { scopes: string[] } } }).data;
    expect(viewer).toMatchObject({ id: person.id, email: person.email, organizationId: person.organizationId });
    expect(viewer.scopes).toContain('member_default');
    expect(viewer.scopes).not.toContain('admin_full_access');
    for (const scope of viewer.scopes) {
      const minted = await graphqlEndpoint(target).mint(bearer(person.token), { name: scope, scopes: [scope] });
      expect(minted.apiKey?.scopes).toEqual([scope]);
    }
  });

  it('is the owner of an API key, and the scopes of the key add nothing', async () => {
    const { key = '' } = await restEndpoint(target).mint(bearer(admin.token), {
      name: 'x',
      scopes: ['admin_full_access'],
    });
    const [bySession, byKey] = [
      await graphqlEndpoint(target).send(bearer(admin.token), VIEWER),
      await graphqlEndpoint(target).send({ 'x-api-key': key }, VIEWER),
    ];
    expect(bySession.text).toContain(admin.id);
    expect(byKey.text).toBe(bySession.text);
  });

  it('is nobody without a credential', async () => {
    const answer = await graphqlEndpoint(target).send({}, VIEWER);
    expect(answer).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' });
    expect(answer.text).not.toContain('"viewer"');
  });
});
