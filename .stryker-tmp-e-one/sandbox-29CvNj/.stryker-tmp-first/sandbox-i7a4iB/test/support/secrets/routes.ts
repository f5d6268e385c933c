// @ts-nocheck
// 
import { readFileSync } from 'node:fs';
import { callTool } from '../mcp.ts';
import type { Answer, Ask, SecretLab } from './lab.ts';
import type { Question } from './questions.ts';

/** The routes of the standalone server as they are classified, by method and path. */
export function classifiedRoutes(): Map<string, string> {
  const text = readFileSync(new URL('./questions-by-route.txt', import.meta.url), 'utf8');
  const lines = text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
  return new Map(
    lines.map((line) => {
      const [kind = '', method = '', path = ''] = line.split(/\s+/);
      return [`${method} ${path}`, kind];
    }),
  );
}

/** A way to ask for each kind of route that takes a question. */
export function asks(lab: SecretLab, headers = lab.headers) {
  const { server } = lab;
  const send = async (method: string, path: string, body?: unknown): Promise<Answer> => {
    const init = body === undefined ? { headers } : { method, headers, body: JSON.stringify(body) };
    const response = await server.request(`/api/v1${path}`, body === undefined ? { method, headers } : init);
    return { text: withoutTimes(`${response.status} ${await response.text()}`), isAnswered: response.ok };
  };
  const word = ({ secret, query }: Question): string =>
    typeof query['search'] === 'string' ? query['search'] : secret.values[0];
  const importing = ({ secret: { field, values, open } }: Question): object => ({
    format: 'json',
    mode: 'update',
    dryRun: true,
    matchFields: [field],
    rows: [{ [field]: values[0], [open[0] ?? 'id']: 'decoy' }],
  });
  return {
    query: ({ secret, query }) => send('POST', `/data/${secret.object}/query`, query),
    list: (question) => send('GET', `/data/${question.secret.object}?${parameters(question)}`),
    export: (question) => send('GET', `/data/${question.secret.object}/export?${parameters(question)}`),
    record: (question) => send('GET', `/data/${question.secret.object}/${question.secret.id}?${parameters(question)}`),
    import: (question) => send('POST', `/data/${question.secret.object}/import`, importing(question)),
    'import-job': (question) => send('POST', `/data/${question.secret.object}/import/jobs`, importing(question)),
    // These take ids. A condition beside them, or in their place, must choose nothing.
    'delete-many': ({ secret, query }) => send('POST', `/data/${secret.object}/deleteMany`, { ...query, ids: [] }),
    'update-many': ({ secret, query }) => send('POST', `/data/${secret.object}/updateMany`, { ...query, records: [] }),
    'object-batch': ({ secret, query }) =>
      send('POST', `/data/${secret.object}/batch`, { operation: 'update', records: [{ ...query, data: {} }] }),
    batch: ({ secret, query }) =>
      send('POST', '/batch', {
        operations: [{ object: secret.object, action: 'update', id: secret.id, ...query, data: {} }],
      }),
    search: (question) =>
      send('GET', `/search?${new URLSearchParams({ q: word(question), objects: question.secret.object })}`),
    'search-all': (question) => send('GET', `/search?${new URLSearchParams({ q: word(question) })}`),
    mcp: async ({ secret, operation, query }) => {
      const tool = operation === 'aggregate' ? 'aggregate_records' : 'query_records';
      const { status, text, done } = await callTool(server, headers, tool, { objectName: secret.object, ...query });
      return { text: `${status} ${text}`, isAnswered: done };
    },
    graphql: (question) =>
      send('POST', '/graphql', {
        query: 'query ($search: String) { viewer { apiKeys(search: $search) { nodes { id name prefix } } } }',
        variables: { search: word(question) },
      }),
    'rest-keys': (question) =>
      send('GET', `/keys?${new URLSearchParams({ ...plainParameters(question), search: word(question) })}`),
    explain: ({ secret, query }) =>
      send('POST', '/security/explain', { object: secret.object, operation: 'read', recordId: secret.id, ...query }),
    'explain-get': ({ secret, query }) =>
      send(
        'GET',
        `/security/explain?${new URLSearchParams({ object: secret.object, operation: 'read', recordId: secret.id, where: JSON.stringify(query['where'] ?? {}) })}`,
      ),
    approvals: (question) => send('GET', `/approvals/requests?${parameters(question)}`),
    members: ({ secret }) =>
      send(
        'GET',
        `/auth/organization/list-members?${new URLSearchParams({ filterField: secret.field, filterOperator: 'gte', filterValue: 'M', sortBy: secret.field })}`,
      ),
    form: (question) =>
      send('GET', `/forms/${question.secret.object}/lookup/${question.secret.field}?${parameters(question)}`),
  } satisfies Record<string, Ask>;
}

/** The filters that a list of keys takes beside the search. */
function plainParameters({ query }: Question): Record<string, string> {
  return query['limit'] === 1 ? { first: '1', status: 'ACTIVE', expires_within: 'P1D' } : {};
}

/** The same as parameters of a URL, in each of the spellings that the platform takes. */
function parameters({ query }: Question): URLSearchParams {
  const { where, orderBy, fields, search, limit } = query;
  const sorted = (orderBy ?? []) as readonly { field: string; order: string }[];
  const asked = new URLSearchParams(typeof search === 'string' ? { search } : {});
  if (where !== undefined)
    asked.set(typeof limit === 'number' && limit > 1 ? '$filter' : 'filter', JSON.stringify(where));
  if (sorted.length > 0) {
    asked.set('sort', sorted.map(({ field, order }) => (order === 'desc' ? `-${field}` : field)).join(','));
  }
  if (Array.isArray(fields)) asked.set('select', fields.join(','));
  return asked;
}

/** How long it took, and the id of what was made, say nothing of what was found, and no two answers agree in it. */
function withoutTimes(answer: string): string {
  return (
    answer
      .replaceAll(/"(?:\w*[dD]uration\w*|took\w*)":[\d.]+/g, '')
      .replaceAll(/"(?:jobId|id|\w*[aA]t|\w*_at)":"(?:imp|job|\d{4}-)[^"]*"/g, '')
      .replaceAll(/"requestId":"[^"]*"/g, '')
      .replaceAll(/"last_used_\w+":[^,}]*/g, '')
      // An export is a table, in which the key that asks has its last use.
      .replaceAll(/\d{4}-\d\d-\d\d[T ][\d:.]+Z?/g, '')
  );
}
