// @ts-nocheck
import { registerHooks } from 'node:module';

/** For `node --import`: the package named in `WITHOUT` is not installed, as far as this process can see. */
registerHooks({
  resolve(specifier, context, next) {
    if (!specifier.startsWith(process.env['WITHOUT'] ?? '')) return next(specifier, context);
    throw Object.assign(new Error(`Cannot find package '${specifier}'`), { code: 'ERR_MODULE_NOT_FOUND' });
  },
});
