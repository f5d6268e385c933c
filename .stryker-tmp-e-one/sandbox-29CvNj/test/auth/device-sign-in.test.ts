// @ts-nocheck
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { bootKernel, ORIGIN, type Person, sessionOf, type TestKernel } from '../support/kernel.ts';

const CLIENT = 'a command';
const SYSTEM = { isSystem: true };

let test: TestKernel;
let person: Person;
beforeAll(async () => {
  test = await bootKernel();
  person = await test.newPerson();
});
afterAll(async () => {
  await test[Symbol.asyncDispose]();
});

interface Code {
  device_code: string;
  user_code: string;
  verification_uri: string;
}

let code: Code;
beforeEach(async () => {
  code = (await (await post('device/code', { client_id: CLIENT })).json()) as Code;
});

const post = (path: string, body: object, headers: Record<string, string> = {}): Promise<Response> =>
  test.request(`/api/v1/auth/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: ORIGIN, ...headers },
    body: JSON.stringify(body),
  });
const byCookie = ({ cookie }: Person): Record<string, string> => ({ cookie });
const byBearer = ({ token }: Person): Record<string, string> => ({ authorization: `Bearer ${token}` });

/** What the Console page does when somebody opens it with a code. */
const open = (headers: Record<string, string>): Promise<Response> =>
  test.request(`/api/v1/auth/device?user_code=${code.user_code}`, { headers });
const approve = (headers: Record<string, string>): Promise<Response> =>
  post('device/approve', { userCode: code.user_code }, headers);
const redeem = async (): Promise<{ status: number; body: { access_token?: string; error?: string } }> => {
  const response = await post('device/token', {
    grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
    device_code: code.device_code,
    client_id: CLIENT,
  });
  return { status: response.status, body: (await response.json()) as { access_token?: string } };
};
const sessions = (): Promise<unknown[]> => test.engine.find('sys_session', { where: {}, context: SYSTEM });
const mint = (token: string): Promise<Response> =>
  test.request('/api/v1/keys', {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
    body: JSON.stringify({ name: 'by device' }),
  });

async function expectNoSession(before: readonly unknown[]): Promise<void> {
  const { status, body } = await redeem();
  expect({ status, token: body.access_token }).toEqual({ status: 400, token: undefined });
  expect(await sessions()).toHaveLength(before.length);
}

describe('a device code', () => {
  it('leads to a page of the Console', () => {
    expect(new URL(code.verification_uri).pathname).toBe('/_console/auth/device');
  });

  it.each([
    ['cookie', byCookie],
    ['bearer token', byBearer],
  ])('becomes an ordinary session of the person who approves it, once: %s', async (_case, by) => {
    const before = await sessions();
    expect((await open(by(person))).status).toBe(200);
    expect((await redeem()).body.error).toBe('authorization_pending');
    await test.sql('UPDATE sys_device_code SET last_polled_at = NULL');
    expect((await approve(by(person))).status).toBe(200);
    const { status, body } = await redeem();
    expect(status).toBe(200);
    const session = await sessionOf(test.engine, { ...person, token: body.access_token ?? '' });
    expect(session).toMatchObject({ user_id: person.id, impersonated_by: null });
    expect((await mint(body.access_token ?? '')).status).toBe(201);
    expect(await sessions()).toHaveLength(before.length + 1);
    expect((await redeem()).body.error).toBe('invalid_grant');
  });

  it('is rejected without a session', async () => {
    const before = await sessions();
    await open({});
    expect((await approve({})).status).toBe(401);
    await expectNoSession(before);
  });

  it('cannot be approved by an impersonated session', async () => {
    const impersonated = await test.newPerson();
    const { id } = await sessionOf(test.engine, impersonated);
    await open(byCookie(impersonated));
    await test.engine.update('sys_session', { id, impersonated_by: 'usr_admin' }, { context: SYSTEM });
    const before = await sessions();
    for (const by of [byCookie, byBearer]) {
      const refused = await approve(by(impersonated));
      expect({ status: refused.status, body: await refused.json() }).toMatchObject({
        status: 403,
        body: { code: 'FORBIDDEN', error: 'access_denied' },
      });
    }
    await expectNoSession(before);
    // The same request succeeds as soon as the session is an ordinary one.
    await test.engine.update('sys_session', { id, impersonated_by: null }, { context: SYSTEM });
    await test.sql('UPDATE sys_device_code SET last_polled_at = NULL');
    expect((await approve(byCookie(impersonated))).status).toBe(200);
    expect((await redeem()).status).toBe(200);
  });

  it('cannot be approved with an API key, alone or beside a session', async () => {
    const { key } = (await (await mint(person.token)).json()) as { key: string };
    await open(byCookie(person));
    const before = await sessions();
    for (const headers of [
      { 'x-api-key': key },
      { authorization: `Bearer ${key}` },
      { 'x-api-key': key, ...byCookie(person) },
      { authorization: `ApiKey ${key}`, ...byCookie(person) },
    ]) {
      expect([401, 403]).toContain((await approve(headers)).status);
    }
    await expectNoSession(before);
  });

  it('cannot be approved by anyone but the person who opened it', async () => {
    const other = await test.newPerson();
    await open(byCookie(person));
    const before = await sessions();
    expect((await approve(byCookie(other))).status).toBe(403);
    await expectNoSession(before);
  });

  it('gives no session to a person who was banned after approving', async () => {
    const banned = await test.newPerson();
    await open(byCookie(banned));
    expect((await approve(byCookie(banned))).status).toBe(200);
    await test.engine.update('sys_user', { id: banned.id, banned: true }, { context: SYSTEM });
    const { body } = await redeem();
    // A session of a banned person, where there is one, is not live.
    expect((await mint(body.access_token ?? 'none')).status).toBe(401);
  });
});
