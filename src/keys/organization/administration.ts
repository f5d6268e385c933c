import { isGrantActive } from '@objectstack/core';
import type { Principal, SessionPrincipal } from '../../auth/principal.ts';
import { ServiceError } from '../../base/errors.ts';
import type { Row } from '../../platform/engine.ts';
import type { Platform } from '../../platform/platform.ts';

/** The roles of better-auth whose holders run an organization. */
const ADMINISTRATORS: ReadonlySet<string> = new Set(['owner', 'admin']);
/** Who may change the settings of the whole platform administers each of its organizations. */
const PLATFORM_CAPABILITY = 'manage_platform_settings';

/** What is asked of the kernel to find out who administers an organization. */
export type AdministrationPlatform = Pick<Platform, 'memberships' | 'capabilitiesOf'>;

/** Decides who may see and end the keys of an organization, and set its rules. Looked up live for each request. */
export class Administration {
  readonly #platform: AdministrationPlatform;

  constructor(platform: AdministrationPlatform) {
    this.#platform = platform;
  }

  /** Whether somebody may know the organization of their session: they are a member of it, or administer it. */
  async knows({ userId }: Principal, organizationId: string): Promise<boolean> {
    const memberships = await this.#memberships(userId, organizationId);
    return memberships.length > 0 || (await this.#managesPlatform(userId, organizationId));
  }

  /** Whether somebody is an owner or administrator of an organization, or manages the platform. */
  async administers({ userId }: Pick<Principal, 'userId'>, organizationId: string): Promise<boolean> {
    const memberships = await this.#memberships(userId, organizationId);
    return memberships.some(isAdministrator) || (await this.#managesPlatform(userId, organizationId));
  }

  /**
   * The active organization of somebody who administers it.
   *
   * @throws ServiceError `FORBIDDEN` for everybody else, the same whatever there is in the organization.
   */
  async organizationOf(principal: Principal): Promise<string> {
    const { kind, organizationId } = principal;
    // A key that reads the inventory would tell its thief which others are worth stealing.
    if (kind === 'session' && organizationId !== undefined && (await this.administers(principal, organizationId))) {
      return organizationId;
    }
    throw new ServiceError('FORBIDDEN', {
      message: 'Only owners and administrators of the active organization may do this. Ask one of them.',
    });
  }

  async #memberships(userId: string, organizationId: string): Promise<Row[]> {
    const memberships = await this.#platform.memberships(userId, organizationId);
    return memberships.filter((membership) => isGrantActive(membership, Date.now()));
  }

  async #managesPlatform(userId: string, organizationId: string): Promise<boolean> {
    return (await this.#platform.capabilitiesOf(userId, organizationId)).includes(PLATFORM_CAPABILITY);
  }
}

/** Whether a membership is that of an owner or administrator; better-auth writes several roles with commas between them. */
export function isAdministrator({ role }: Row): boolean {
  return typeof role === 'string' && role.split(',').some((name) => ADMINISTRATORS.has(name.trim()));
}

/**
 * Asked of whoever changes what is not theirs: the record names the person of the session, and in an
 * impersonated one that is not who did it.
 *
 * @throws ServiceError `FORBIDDEN`
 */
export function assertActsInPerson({ impersonated }: SessionPrincipal): void {
  if (!impersonated) return;
  throw new ServiceError('FORBIDDEN', {
    message: 'An impersonated session cannot change the keys of an organization. Stop impersonating first.',
  });
}
