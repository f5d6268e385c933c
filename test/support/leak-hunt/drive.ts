import { RawClient } from '../raw-http.ts';
import type { Recorder } from './recorder.ts';

/** Somebody who is signed in to the server under test. */
export interface Session {
  readonly token: string;
  readonly cookie: string;
}

const GRAPHQL = '/api/v1/graphql';
const KEYS = '/api/v1/keys';
const KEY_FIELDS = 'id name prefix scopes expiresAt organizationId createdAt lastUsedAt status';
const JSON_TYPE = { 'content-type': 'application/json' };

const DOCUMENTS = {
  create: `mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { apiKey { ${KEY_FIELDS} } key } }`,
  rotate: `mutation ($id: ID!, $overlap: Duration) { rotateApiKey(input: { id: $id, overlap: $overlap }) { apiKey { ${KEY_FIELDS} } previous { ${KEY_FIELDS} } key } }`,
  revoke: `mutation ($id: ID!) { revokeApiKey(input: { id: $id }) { apiKey { ${KEY_FIELDS} } } }`,
  restore: `mutation ($id: ID!) { restoreApiKey(input: { id: $id }) { apiKey { ${KEY_FIELDS} } } }`,
  read: `query ($id: ID!) { apiKey(id: $id) { ${KEY_FIELDS} } viewer { id email organizationId scopes limits { maxActiveKeys }
    apiKeys(first: 5) { totalCount pageInfo { endCursor } nodes { ${KEY_FIELDS} } } } }`,
  update: `mutation ($input: UpdateApiKeyInput!) { updateApiKey(input: $input) { apiKey { ${KEY_FIELDS} description allowedNetworks } } }`,
  organization: `{ organization { id name apiKeys(first: 5) { totalCount nodes { ${KEY_FIELDS} violatesPolicy owner { id name email } } }
    apiKeyPolicy { maxLifetime defaultLifetime revokeUnusedAfter requireScopes whoMayMint } } }`,
  search:
    'query ($search: String, $ownerId: ID) { organization { apiKeys(search: $search, ownerId: $ownerId) { nodes { id } } } }',
  policy: `mutation ($input: UpdateApiKeyPolicyInput!) { updateApiKeyPolicy(input: $input) { apiKeyPolicy { maxLifetime } } }`,
  revokeAll: 'mutation ($userId: ID!) { revokeApiKeysOf(input: { userId: $userId }) { revoked } }',
  access:
    'query ($scopes: [String!]!) { apiKeyAccess(scopes: $scopes) { object read } viewer { availableScopes { name } } }',
  connection: '{ connection { mcpUrl skill clients { name config } } }',
};

/** Sends each request that this service answers, as people and programs do. */
export class Driver {
  readonly #recorder: Recorder;
  readonly #session: Session;

  constructor(recorder: Recorder, session: Session) {
    this.#recorder = recorder;
    this.#session = session;
  }

  /** One request for a key through GraphQL, with the bearer token. */
  create(label = 'createApiKey', input: object = { name: 'hunted' }, headers: Record<string, string> = {}) {
    return this.graphql(label, DOCUMENTS.create, { input }, headers);
  }

  /** One request for a key through REST, with the session cookie. */
  createOverRest(label = 'POST /keys', body: object = { name: 'hunted' }, headers: Record<string, string> = {}) {
    return this.#recorder.send(label, KEYS, {
      method: 'POST',
      headers: { ...JSON_TYPE, cookie: this.#session.cookie, ...headers },
      body: JSON.stringify(body),
    });
  }

  graphql(label: string, query: string, variables: object, headers: Record<string, string> = {}) {
    return this.#recorder.send(label, GRAPHQL, {
      method: 'POST',
      headers: { ...JSON_TYPE, authorization: `Bearer ${this.#session.token}`, ...headers },
      body: JSON.stringify({ query, variables }),
    });
  }

  /** The life of a key through GraphQL; failures on the way are answers like any other. */
  async life(label: string): Promise<void> {
    const { body } = await this.create(`${label}: createApiKey`);
    const id = /"id":"([^"]+)"/.exec(body)?.[1] ?? 'none';
    const idempotent = { 'idempotency-key': label.replaceAll(' ', '-') };
    await this.create(`${label}: first of two`, { name: 'twice' }, idempotent);
    await this.create(`${label}: repeat`, { name: 'twice' }, idempotent);
    await this.createOverRest(`${label}: POST /keys`);
    await this.graphql(`${label}: read`, DOCUMENTS.read, { id });
    await this.graphql(`${label}: connection`, DOCUMENTS.connection, {});
    await this.graphql(`${label}: revoke`, DOCUMENTS.revoke, { id });
    await this.graphql(`${label}: restore`, DOCUMENTS.restore, { id });
    await this.graphql(`${label}: rotate`, DOCUMENTS.rotate, { id, overlap: 'PT1H' });
    await this.graphql(`${label}: rotate again`, DOCUMENTS.rotate, { id });
    await this.#recorder.send(`${label}: POST /keys/{id}/rotate`, `${KEYS}/${id}/rotate`, {
      method: 'POST',
      headers: { ...JSON_TYPE, cookie: this.#session.cookie },
      body: '{}',
    });
    const key = this.#recorder.keys.at(-1)?.value ?? this.#recorder.plant('an API key');
    for (const headers of [
      { 'x-api-key': key },
      { authorization: `Bearer ${key}` },
      { authorization: `ApiKey ${key}` },
    ]) {
      await this.graphql(`${label}: with the key`, '{ viewer { id } }', {}, { authorization: '', ...headers });
      await this.create(`${label}: with the key`, { name: 'x' }, { authorization: '', ...headers });
    }
    for (const path of [
      '/healthz',
      '/readyz',
      '/metrics',
      '/api/v1/data/sys_api_key',
      `/api/v1/data/sys_api_key/${id}`,
    ]) {
      await this.#recorder.send(`${label}: ${path}`, path, {
        headers: { authorization: `Bearer ${this.#session.token}` },
      });
    }
  }

  /** A key is narrowed, and what administrators ask about keys. */
  async administration(label: string): Promise<void> {
    const { body } = await this.createOverRest(`${label}: POST /keys`);
    const id = /"id":"([^"]+)"/.exec(body)?.[1] ?? 'none';
    await this.graphql(`${label}: update`, DOCUMENTS.update, {
      input: { id, name: 'narrowed', description: 'hunted', scopes: ['data:read'], allowedNetworks: ['127.0.0.0/8'] },
    });
    await this.graphql(`${label}: access`, DOCUMENTS.access, { scopes: ['data:read'] });
    await this.graphql(`${label}: organization`, DOCUMENTS.organization, {});
    await this.graphql(`${label}: revoke all`, DOCUMENTS.revokeAll, { userId: 'nobody' });
    for (const [method, path, body] of [
      ['GET', KEYS],
      ['PATCH', `${KEYS}/${id}`, { description: 'hunted' }],
      ['PATCH', `${KEYS}/${id}`, { revoked: true }],
      ['GET', `${KEYS}/organization`],
      ['GET', `${KEYS}/organization/policy`],
      ['POST', `${KEYS}/organization/owners/nobody/revoke`, {}],
      ['POST', `${KEYS}/no-such-key/owner/revoke`, {}],
    ] as const) {
      await this.#recorder.send(`${label}: ${method} ${path}`, path, {
        method,
        headers: { ...JSON_TYPE, cookie: this.#session.cookie },
        ...(body && { body: JSON.stringify(body) }),
      });
    }
  }

  /** The rules of an organization are set. Messages about it follow, whose statements would fail instead of those of a life. */
  async rules(label: string): Promise<void> {
    await this.graphql(`${label}: policy`, DOCUMENTS.policy, { input: { maxLifetime: 'P9000D' } });
    await this.graphql(`${label}: no policy`, DOCUMENTS.policy, { input: { maxLifetime: null } });
    await this.#recorder.send(`${label}: PATCH policy`, `${KEYS}/organization/policy`, {
      method: 'PATCH',
      headers: { ...JSON_TYPE, cookie: this.#session.cookie },
      body: '{"max_lifetime":"none"}',
    });
  }

  /** Each refusal of the contract, and a secret in each place where people paste one. */
  async mistakes(): Promise<void> {
    const r = this.#recorder;
    const paste = (where: string): string => r.plant(where);
    const bearer = { ...JSON_TYPE, authorization: `Bearer ${this.#session.token}` };
    const raw = (label: string, path: string, body: string, headers: Record<string, string> = bearer) =>
      r.send(label, path, { method: 'POST', headers, body });

    for (const field of ['key', 'userId', 'id', '__proto__', 'constructor']) {
      const value = paste(`the field "${field}"`);
      await raw(
        'unknown field',
        GRAPHQL,
        `{"query":${JSON.stringify(DOCUMENTS.create)},"variables":{"input":{"name":"x","${field}":"${value}"}}}`,
      );
      await raw('unknown field', KEYS, `{"name":"x","${field}":"${value}"}`);
      await raw('unknown parameter', GRAPHQL, `{"query":"{ viewer { id } }","${field}":"${value}"}`);
    }
    for (const path of [GRAPHQL, KEYS]) {
      await raw('a secret as a field', path, `{"${paste('the name of a field')}":1}`);
      await raw(
        'a secret as a field, twice',
        path,
        `{"${paste('a name that is there twice')}":1}`.replace(/\{(.*)\}/, '{$1,$1}'),
      );
      await raw('malformed JSON', path, `{"name": ${paste('malformed JSON')}`);
      await raw('text', path, paste('a body of text'), { ...bearer, 'content-type': 'text/plain' });
      await raw('form', path, `key=${paste('a form field')}`, {
        ...bearer,
        'content-type': 'application/x-www-form-urlencoded',
      });
      await raw('type', path, '{}', { ...bearer, 'content-type': `application/${paste('a media type')}` });
      await raw('too long', path, `{"name":"${paste('a long body')}${' '.repeat(70_000)}"}`);
      await raw('too deep', path, `${'['.repeat(50)}"${paste('a deep body')}"${']'.repeat(50)}`);
      await r.send(
        'query string',
        `${path}?token=${paste('a query string')}&variables=${paste('variables in a URL')}`,
        { headers: bearer },
      );
      await r.send('path', `${path}/${paste('a path')}`, { method: 'POST', headers: bearer, body: '{}' });
      await r.send('method', path, { method: 'PUT', headers: bearer, body: paste('the body of a PUT') });
      for (const name of [
        'x-api-key',
        'idempotency-key',
        'x-request-id',
        'x-forwarded-for',
        'origin',
        'referer',
        'cookie',
        'accept',
        'user-agent',
      ]) {
        await raw(`a secret as ${name}`, path, '{"name":""}', { ...bearer, [name]: paste(`the header ${name}`) });
      }
      for (const scheme of ['Bearer ', 'ApiKey ', 'Basic ', '']) {
        await raw('credential', path, '{"name":"x"}', {
          ...JSON_TYPE,
          authorization: `${scheme}${paste(`a credential (${scheme})`)}`,
        });
      }
      await raw('a forged cookie', path, '{"name":"x"}', {
        ...JSON_TYPE,
        cookie: `better-auth.session_token=${paste('a cookie')}.${paste('its signature')}`,
      });
    }
    for (const [input, where] of [
      [{ name: 1 }, ''],
      [{ name: `a\u0000${paste('a refused name')}` }, ''],
      [{ name: 'x', scopes: [paste('a scope')] }, ''],
      [{ name: 'x', scopes: paste('the scopes') }, ''],
      [{ name: 'x', scopes: ['admin_of_nothing'] }, ''],
      [{ name: { a: paste('a name that is an object') } }, ''],
      [{ name: 'x', expiresAt: paste('an expiry') }, ''],
    ] as const) {
      await this.create(`refused value ${where}`, input);
      await this.createOverRest(
        `refused value ${where}`,
        'expiresAt' in input ? { name: 'x', expires_at: input.expiresAt } : input,
      );
    }
    for (const document of this.#documents()) await this.graphql('a document', document, {});
    await this.graphql('a variable', DOCUMENTS.read, { id: paste('an id') });
    await this.graphql('a variable', DOCUMENTS.revoke, { id: paste('the id of a key to revoke') });
    await this.graphql('a variable', DOCUMENTS.rotate, {
      id: paste('the id of a key to rotate'),
      overlap: paste('an overlap'),
    });
    await this.graphql('a variable', DOCUMENTS.update, {
      input: { id: 'x', name: `a\u0000${paste('a refused new name')}`, scopes: [paste('a scope to keep')] },
    });
    await this.graphql('a variable', DOCUMENTS.revokeAll, { userId: paste('the id of a person') });
    await this.graphql('a variable', DOCUMENTS.search, {
      search: paste('a search in an organization'),
      ownerId: paste('the owner of keys'),
    });
    await this.graphql('a variable', DOCUMENTS.access, { scopes: [paste('a scope to try')] });
    for (const rule of ['maxLifetime', 'whoMayMint', 'requireScopes', 'another']) {
      await this.graphql('a rule', DOCUMENTS.policy, { input: { [rule]: paste(`the rule ${rule}`) } });
    }
    for (const [method, path, body] of [
      ['GET', `${KEYS}?search=${paste('a search')}&after=${paste('a cursor of a list')}`],
      ['PATCH', `${KEYS}/${paste('the id of a key in a path')}`, { name: 'x' }],
      ['PATCH', `${KEYS}/x`, { revoked: paste('whether it is revoked') }],
      ['GET', `${KEYS}/organization?owner_id=${paste('an owner')}&${paste('a parameter')}=1`],
      ['PATCH', `${KEYS}/organization/policy`, { max_lifetime: paste('a rule'), [paste('a name of a rule')]: 1 }],
      ['POST', `${KEYS}/organization/owners/${paste('a person in a path')}/revoke`, {}],
      ['POST', `${KEYS}/organization/owners/x/revoke`, { reason: paste('a reason') }],
      ['POST', `${KEYS}/${paste('a key in a path')}/owner/revoke`, {}],
    ] as const) {
      await r.send('over REST', path, { method, headers: bearer, ...(body && { body: JSON.stringify(body) }) });
    }
    await this.graphql('a cursor', `{ viewer { apiKeys(after: "${paste('a cursor')}") { nodes { id } } } }`, {});
    await raw(
      'operationName',
      GRAPHQL,
      JSON.stringify({ query: '{ viewer { id } }', operationName: paste('the name of an operation') }),
    );
    await raw(
      'extensions',
      GRAPHQL,
      JSON.stringify({ query: '{ viewer { id } }', extensions: { x: paste('an extension') } }),
    );
    await r.send('wrong password', '/api/v1/auth/sign-in/email', {
      method: 'POST',
      headers: JSON_TYPE,
      body: JSON.stringify({ email: 'admin@objectos.ai', password: paste('a wrong password') }),
    });
  }

  *#documents(): Generator<string> {
    const paste = (where: string): string => this.#recorder.plant(where);
    yield paste('a document');
    yield `query ${paste('the name of an operation')} { viewer { id } }`;
    yield `query ${paste('the name of an operation that is not valid')} { viewr { id } }`;
    yield `mutation { ${paste('an alias')}: createApiKey(input: { name: "" }) { key } }`;
    yield `{ ${paste('a field')} }`;
    yield `{ viewer(${paste('an argument')}: 1) { id } }`;
    yield `{ viewer @${paste('a directive')} { id } }`;
    yield `{ ...${paste('a fragment')} }`;
    yield `query ($${paste('a variable name')}: Int) { viewer { id } }`;
    yield `query ($a: ${paste('a type')}) { viewer { id } }`;
    yield `{ viewer { id "${paste('a string in the wrong place')}" } }`;
    yield `{ viewer { id "\\" ${paste('a string with quotes')} \\"" } }`;
    yield `{ viewer { id } } # ${paste('a comment')}\n{`;
    yield `{ apiKey(id: { a: "${paste('a literal')}" }) { id } }`;
    yield `mutation { createApiKey(input: { name: "x", key: "${paste('an input field in a document')}" }) { key } }`;
    yield `mutation { createApiKey(input: { name: ${paste('an enum')} }) { key } }`;
    yield `mutation { createApiKey(input: { name: 1, scopes: ["${paste('a list item')}"] }) { key } }`;
  }

  /** What no HTTP library sends. */
  async malformedHttp(url: string): Promise<void> {
    for (const head of [
      `GET /${this.#recorder.plant('a request line')} HTTP/9.9\r\n\r\n`,
      `POST ${KEYS} HTTP/1.1\r\nHost: x\r\nX-Key : ${this.#recorder.plant('a malformed header')}\r\n\r\n`,
      `POST ${KEYS} HTTP/1.1\r\nHost: x\r\nX-Long: ${this.#recorder.plant('a header that is too long')}${'x'.repeat(20_000)}\r\n\r\n`,
      this.#recorder.plant('no HTTP at all'),
    ]) {
      using client = await RawClient.connect(url);
      client.send(`${head}\r\n\r\n`);
      this.#recorder.responses.push({ label: 'malformed HTTP', status: 400, text: await client.untilClosed() });
    }
  }
}
