// @ts-nocheck
import type { Plugin, PluginContext } from '@objectstack/core';
import {
  SETUP_APP,
  SETUP_APP_PACKAGE_ID,
  SETUP_APP_VERSION,
  SETUP_NAV_CONTRIBUTIONS,
  SETUP_OVERVIEW_DOC,
  setupAppManifestHeader,
} from '@objectstack/setup';

/** Its dashboard asks for a service of analytics, which this server does not have: every box on it would be an error. */
const NEEDS_ANALYTICS = 'group_overview';

/** The Setup app of the platform, without the page that it would open on and that cannot work here. */
export const setupApp: Plugin = {
  name: SETUP_APP_PACKAGE_ID,
  version: SETUP_APP_VERSION,
  type: 'standard',
  dependencies: ['com.objectstack.auth'],

  init(): void {},

  start(context: PluginContext): void {
    context.getService<{ register(manifest: object): void }>('manifest').register({
      ...setupAppManifestHeader,
      apps: [SETUP_APP],
      navigationContributions: SETUP_NAV_CONTRIBUTIONS.filter(({ group }) => group !== NEEDS_ANALYTICS),
      docs: [SETUP_OVERVIEW_DOC],
    });
  },
};
