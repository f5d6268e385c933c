// @ts-nocheck
// 
import { type Attack, firstBroken, isRefused, type Request } from './target.ts';

/** Fields that nobody may learn, with a table that an administrator may list. */
const SECRETS = [
  ['sys_api_key', 'key'],
  ['sys_session', 'token'],
  ['sys_account', 'password'],
] as const;

/** Every way to ask for a field of a table. */
function questions(object: string, field: string): Omit<Request, 'headers'>[] {
  const at = `/api/v1/data/${object}`;
  const query = (body: unknown) => ({ method: 'POST', path: `${at}/query`, body });
  const get = (parameters: string) => ({ method: 'GET', path: `${at}?${parameters}` });
  const filter = encodeURIComponent(JSON.stringify({ [field]: { $gte: 'M' } }));
  const list = encodeURIComponent(JSON.stringify([[field, '>=', 'M']]));
  return [
    query({ where: { [field]: { $gte: 'M' } } }),
    query({ where: { [field.toUpperCase()]: { $gte: 'M' } } }),
    query({ where: { [`${object}.${field}`]: { $gte: 'M' } } }),
    query({ where: { $or: [{ id: 'x' }, { $not: { [field]: { $lt: 'M' } } }] } }),
    query({ where: { id: { $gt: { $field: field } } } }),
    query({ where: { $expr: `${field} > 'M'` } }),
    query({ filters: [[field, '>=', 'M']] }),
    query({ orderBy: [{ field, order: 'asc' }] }),
    query({ groupBy: [field], aggregations: [{ function: 'count', alias: 'n' }] }),
    query({ aggregations: [{ function: 'max', field, alias: 'most' }] }),
    query({ search: { query: 'M', fields: [field] } }),
    get(`${field}=M`),
    get(`filter=${filter}`),
    get(`$filter=${filter}`),
    get(`filters=${list}`),
    get(`sort=${field}`),
    get(`$orderby=${field}`),
    get(`search=M&searchFields=${field}`),
    { method: 'GET', path: `${at}/export?filter=${filter}` },
    {
      method: 'POST',
      path: `${at}/import`,
      body: { format: 'json', mode: 'upsert', matchFields: [field], rows: [{ [field]: 'M' }] },
    },
  ];
}

const hiddenFields: Attack = {
  name: 'a hidden field is learned by asking about it',
  async run(target) {
    for (const headers of [target.asPerson, target.withKey]) {
      for (const [object, field] of SECRETS) {
        const asked = questions(object, field).map((request) => ({ ...request, headers }));
        const broken = await firstBroken(target, asked, isRefused);
        if (broken !== undefined) return broken;
      }
    }
    return undefined;
  },
};

const hiddenFieldsOverMcp: Attack = {
  name: 'a hidden field is learned through MCP',
  async run(target) {
    for (const [object, field] of SECRETS) {
      const input = { objectName: object, where: { [field]: { $gte: 'M' } } };
      const { text } = await target.send({
        method: 'POST',
        path: '/api/v1/mcp',
        headers: { ...target.withKey, 'mcp-protocol-version': '2025-06-18' },
        body: { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'query_records', arguments: input } },
      });
      if (!/"isError":\s*true|"error":/.test(text)) return `query_records on ${object}`;
    }
    return undefined;
  },
};

const credentialTables: Attack = {
  name: 'a key reads a table of credentials',
  run: (target) =>
    firstBroken(
      target,
      ['sys_session', 'sys_account', 'sys_verification', 'sys_two_factor', 'sys_jwks', 'sys_device_code', 'sys_secret']
        .concat(['sys_invitation', 'sys_oauth_access_token', 'sys_api_key_ledger', 'sys_api_key_detail'])
        .flatMap((object) => [
          { method: 'GET', path: `/api/v1/data/${object}`, headers: target.withKey },
          { method: 'POST', path: `/api/v1/data/${object}/query`, body: {}, headers: target.withKey },
          { method: 'GET', path: `/api/v1/data/${object.toUpperCase()}`, headers: target.withKey },
        ]),
      isRefused,
    ),
};

const aliasObjects: Attack = {
  name: 'an object becomes another name for a table',
  run: (target) =>
    firstBroken(
      target,
      ['sys_api_key', 'SYS_SESSION', '"sys_session"', 'main.sys_session', 'public.sys_account'].map((remoteName) => ({
        method: 'PUT',
        path: '/api/v1/meta/object/zz_attack',
        headers: target.asPerson,
        body: {
          name: 'zz_attack',
          label: 'Attack',
          pluralLabel: 'Attacks',
          sharingModel: 'private',
          external: { remoteName, writable: true },
          fields: { token: { type: 'text', label: 'Token' } },
        },
      })),
      isRefused,
    ),
};

const templates: Attack = {
  name: 'an id is read as a template',
  run: (target) =>
    firstBroken(
      target,
      ['{x}', '{current_user_id}', '{{ id }}', '$' + '{x}'].map((id) => ({
        method: 'POST',
        path: '/api/v1/graphql',
        headers: target.asPerson,
        body: { query: 'query ($id: ID!) { apiKey(id: $id) { id } }', variables: { id } },
      })),
      ({ status, text }) => status < 500 && !text.includes('"apiKey":{'),
    ),
};

export const QUESTIONS: readonly Attack[] = [
  hiddenFields,
  hiddenFieldsOverMcp,
  credentialTables,
  aliasObjects,
  templates,
];
