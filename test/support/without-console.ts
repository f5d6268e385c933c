import { registerHooks } from 'node:module';

/** For `node --import`: the Console's package is not installed, as far as this process can see. */
registerHooks({
  resolve(specifier, context, next) {
    if (!specifier.startsWith('@objectstack/console')) return next(specifier, context);
    throw Object.assign(new Error(`Cannot find package '${specifier}'`), { code: 'ERR_MODULE_NOT_FOUND' });
  },
});
