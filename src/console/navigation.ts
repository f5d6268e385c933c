import type { App, NavigationContribution } from '@objectstack/spec/ui';
import { API_KEY_OBJECT } from '../keys/record/api-key.ts';
import { ORGANIZATION_KEYS } from './pages.ts';

type Item = NavigationContribution['items'][number];

/** The pages of the Console for those who connect something, inside an app: members do not have all of them. */
const connecting = (app: string): Item[] => [
  { ...url(app, 'connect_agent', 'page/connect_agent'), label: 'Connect an Agent', icon: 'bot' },
  { ...url(app, 'integrations', 'developer/integrations'), label: 'Integrations & APIs', icon: 'plug' },
];

function url(app: string, name: string, path: string): { id: string; type: 'url'; url: string } {
  return { id: `nav_${app}_${name}`, type: 'url', url: `/apps/${app}/${path}` };
}

/** The server leaves this entry out for people who may not open Setup. */
function organizationKeys(app: string): Item {
  const { name, label } = ORGANIZATION_KEYS;
  const requiredPermissions = ['setup.access'];
  return { id: `nav_${app}_${name}`, type: 'page', label, icon: 'building-2', pageName: name, requiredPermissions };
}

/** Ways to the keys and to what they are for. Every member has the Account app, administrators have Setup. */
export const NAVIGATION: readonly NavigationContribution[] = [
  { app: 'account', group: 'grp_account_developer', priority: 200, items: connecting('account') },
  {
    app: 'setup',
    group: 'group_integrations',
    priority: 200,
    items: [organizationKeys('setup'), ...connecting('setup')],
  },
];

const APP = 'api_keys';

/** An app of its own, where there is nothing else to open. */
export const API_KEYS_APP: App = {
  name: APP,
  label: 'API Keys',
  description: 'Keys for programs that act for you',
  icon: 'key-round',
  active: true,
  navigation: [
    {
      id: 'nav_api_keys_mine',
      type: 'object',
      label: 'My keys',
      icon: 'key-round',
      objectName: API_KEY_OBJECT,
      viewName: 'mine',
    },
    organizationKeys(APP),
    ...connecting(APP),
  ],
};
