// @ts-nocheck
// 
import { type Attack, firstBroken, isRefused, type Request } from './target.ts';

/** Routes that change something and take no key. */
const CLOSED: readonly Request[] = [
  { method: 'PUT', path: '/api/v1/meta/object/zz_attack', body: {} },
  { method: 'POST', path: '/api/v1/packages', body: {} },
  { method: 'POST', path: '/api/v1/automation', body: {} },
  { method: 'POST', path: '/api/v1/email/send', body: {} },
  { method: 'POST', path: '/api/v1/sharing/rules', body: {} },
  { method: 'POST', path: '/api/v1/auth/admin/create-user', body: {} },
  { method: 'POST', path: '/api/v1/auth/update-user', body: {} },
  { method: 'POST', path: '/api/v1/auth/device/approve', body: { userCode: 'ABCDEFGH' } },
  { method: 'GET', path: '/api/v1/auth/list-sessions' },
  { method: 'GET', path: '/api/v1/auth/token' },
];

const closedRoutes: Attack = {
  name: 'a key is taken at a closed route',
  run(target) {
    const key = target.withKey['x-api-key'] ?? '';
    const forms: Record<string, string>[] = [
      { 'x-api-key': key },
      { authorization: `ApiKey ${key}` },
      { authorization: `Bearer ${key}` },
      { 'x-api-key': key, ...target.asPerson },
      { authorization: `Bearer ${target.session}, ApiKey ${key}` },
    ];
    const requests = forms.flatMap((headers) => CLOSED.map((request) => ({ ...request, headers })));
    // 401 too, and nothing that depends on what the route makes of the request.
    return firstBroken(target, requests, ({ status }) => status === 403 || status === 401);
  },
};

const keysMakeKeys: Attack = {
  name: 'a key makes, changes or revives a key',
  async run(target) {
    const { keyId: id, withKey: headers } = target;
    const at = '/api/v1/data/sys_api_key';
    const operations = [{ object: 'sys_api_key', action: 'update', id, data: { revoked: false } }];
    const mutation = (query: string) => ({ method: 'POST', path: '/api/v1/graphql', body: { query } });
    const refused: Omit<Request, 'headers'>[] = [
      { method: 'POST', path: '/api/v1/keys', body: { name: 'x' } },
      { method: 'POST', path: `/api/v1/keys/${id}/rotate`, body: {} },
      { method: 'POST', path: at, body: { name: 'x', key: 'a'.repeat(64), prefix: 'osk_x' } },
      { method: 'PATCH', path: `${at}/${id}`, body: { revoked: false } },
      { method: 'DELETE', path: `${at}/${id}` },
      { method: 'POST', path: `${at}/updateMany`, body: { records: [{ id, data: { revoked: false } }] } },
      {
        method: 'POST',
        path: `${at}/batch`,
        body: { operation: 'update', records: [{ id, data: { revoked: false } }] },
      },
      { method: 'POST', path: `${at}/${id}/clone`, body: {} },
      { method: 'POST', path: '/api/v1/batch', body: { operations } },
    ];
    return (
      (await firstBroken(
        target,
        refused.map((request) => ({ ...request, headers })),
        isRefused,
      )) ??
      (await firstBroken(
        target,
        [
          { ...mutation('mutation { createApiKey(input: { name: "x" }) { key } }'), headers },
          { ...mutation(`mutation { revokeApiKey(input: { id: "${id}" }) { apiKey { id } } }`), headers },
        ],
        ({ text }) => text.includes('"errors"') && !text.includes('osk_'),
      ))
    );
  },
};

const keysGiveRights: Attack = {
  name: 'a key gives rights',
  run(target) {
    const { withKey: headers } = target;
    return firstBroken(
      target,
      [
        ['sys_user_permission_set', { user_id: 'nobody', permission_set_id: 'nothing' }],
        ['sys_user_position', { user_id: 'nobody', position: 'attack' }],
        ['sys_permission_set', { name: 'zz_attack', label: 'Attack' }],
        ['sys_position', { name: 'zz_attack', label: 'Attack' }],
        ['sys_member', { user_id: 'nobody', role: 'owner' }],
        ['sys_invitation', { email: 'attack@example.test', role: 'admin' }],
      ].map(([object, body]) => ({ method: 'POST', path: `/api/v1/data/${object}`, body, headers })),
      // 400 would say that the values were looked at.
      ({ status }) => status === 403 || status === 404 || status === 405,
    );
  },
};

/** Wrong passwords for an account that does not exist, so that nobody is locked out. */
const forgedAddresses: Attack = {
  name: 'a forged X-Forwarded-For has no limit on sign-in',
  async run(target) {
    const email = `attack-${Date.now()}@example.test`;
    for (let each = 0; each < 14; each += 1) {
      const { status } = await target.send({
        method: 'POST',
        path: '/api/v1/auth/sign-in/email',
        body: { email, password: 'wrong' },
        headers: { 'x-forwarded-for': `198.51.${each}.7`, 'x-real-ip': `198.51.${each}.7` },
      });
      if (status === 429) return undefined;
    }
    return '14 wrong passwords, and none refused with 429';
  },
};

export const KEYS: readonly Attack[] = [closedRoutes, keysMakeKeys, keysGiveRights, forgedAddresses];
