/** The part of a profile of V8 that is read. */
// @ts-nocheck

export interface CpuProfile {
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string };
    readonly children?: readonly number[];
  }[];
  readonly samples: readonly number[];
  /** Microseconds between samples. */
  readonly timeDeltas: readonly number[];
}

/** A function, called the way that its ancestors say. */
export interface Call {
  readonly name: string;
  /** The package or the folder of `src`. */
  readonly place: string;
  /** Microseconds, those of the functions that it calls included. */
  time: number;
  readonly calls: Map<string, Call>;
}

/** What these say is how the event loop came to a callback, which differs from callback to callback. */
const EVENT_LOOP = new Set([
  '(root)',
  'processTicksAndRejections',
  'runNextTicks',
  'processImmediate',
  'runMicrotasks',
]);
const IDLE = new Set(['(idle)', '(program)']);

/**
 * The calls in the last part of a profile. Frames of the event loop are left out, so that the same work is in
 * one place however it was come to.
 *
 * @param last microseconds.
 */
export function callTree({ nodes, samples, timeDeltas }: CpuProfile, last: number): Call {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const parents = new Map(nodes.flatMap(({ id, children = [] }) => children.map((child) => [child, id] as const)));
  const root: Call = { name: 'all', place: '', time: 0, calls: new Map() };
  let left = last;
  for (let index = samples.length - 1; index >= 0 && left > 0; index -= 1) {
    const time = timeDeltas[index] ?? 0;
    left -= time;
    const stack: { functionName: string; url: string }[] = [];
    for (let id: number | undefined = samples[index]; id !== undefined; id = parents.get(id)) {
      const frame = byId.get(id)?.callFrame;
      if (frame !== undefined && !EVENT_LOOP.has(frame.functionName)) stack.unshift(frame);
    }
    if (stack.some(({ functionName }) => IDLE.has(functionName))) continue;
    root.time += time;
    let call = root;
    for (const { functionName, url } of stack) {
      const name = functionName === '' ? '(anonymous)' : functionName;
      const place = placeOf(url);
      const key = `${name} ${place}`;
      const next: Call = call.calls.get(key) ?? { name, place, time: 0, calls: new Map() };
      call.calls.set(key, next);
      next.time += time;
      call = next;
    }
  }
  return root;
}

function placeOf(url: string): string {
  const dependency = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1];
  if (dependency !== undefined) return dependency;
  if (url.startsWith('node:')) return 'node';
  return /\/(src\/.*)$/.exec(url)?.[1] ?? 'native';
}
