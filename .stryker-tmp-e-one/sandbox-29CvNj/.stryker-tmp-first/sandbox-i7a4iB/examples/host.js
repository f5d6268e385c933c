// @ts-nocheck
// 
import { ObjectQLPlugin } from '@objectstack/objectql';
import { PlatformObjectsPlugin } from '@objectstack/platform-objects/plugin';
import { AuthPlugin } from '@objectstack/plugin-auth';
import { HonoServerPlugin } from '@objectstack/plugin-hono-server';
import { SecurityPlugin } from '@objectstack/plugin-security';
import { createRestApiPlugin } from '@objectstack/rest';
import { createDispatcherPlugin, DefaultDatasourcePlugin, ObjectKernel } from '@objectstack/runtime';
import { ApiKeysPlugin } from 'objectstack-api-keys';

const port = Number(process.env.PORT ?? 3000);
const secret = process.env.AUTH_SECRET; // 32 characters or more: openssl rand -base64 32

const kernel = new ObjectKernel();
await kernel.use(new ObjectQLPlugin());
await kernel.use(new DefaultDatasourcePlugin({ driver: 'sqlite', config: { filename: 'data.db' } }));
await kernel.use(new HonoServerPlugin({ port }));
await kernel.use(new ApiKeysPlugin()); // right after the HTTP server
await kernel.use(new PlatformObjectsPlugin());
await kernel.use(new AuthPlugin({ secret, baseUrl: `http://localhost:${port}`, autoDefaultOrganization: true }));
await kernel.use(new SecurityPlugin());
await kernel.use(createRestApiPlugin({}));
await kernel.use(createDispatcherPlugin({}));
await kernel.bootstrap();
