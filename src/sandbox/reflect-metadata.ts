/**
 * The three members of `reflect-metadata` that @peculiar/x509 calls, by way of tsyringe, as it is loaded. Import this
 * file before it. A real polyfill that is already there is left alone.
 */
const metadata = new WeakMap<object, Map<unknown, unknown>>();

const getOwn = (key: unknown, target: object): unknown => metadata.get(target)?.get(key);

function getInherited(key: unknown, target: object): unknown {
  for (let at: object | null = target; at !== null; at = Object.getPrototypeOf(at) as object | null)
    if (metadata.get(at)?.has(key)) return getOwn(key, at);
  return undefined;
}

function define(key: unknown, value: unknown, target: object): void {
  const own = metadata.get(target) ?? new Map<unknown, unknown>();
  metadata.set(target, own.set(key, value));
}

if (!('getMetadata' in Reflect))
  Object.assign(Reflect, { getMetadata: getInherited, getOwnMetadata: getOwn, defineMetadata: define });
