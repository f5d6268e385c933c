// @ts-nocheck
// 
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Turns } from '../../../src/standalone/listener/turns.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const PATIENCE = 1000;

/** Turns, and who has begun, in order; each leaves by its name. */
function arena(places: number) {
  const turns = new Turns(places, PATIENCE);
  const begun: string[] = [];
  const refused: string[] = [];
  const leave = new Map<string, () => void>();
  const enter = (name: string, network: string, credential = ''): void =>
    turns.enter(
      network,
      credential,
      (done) => {
        begun.push(name);
        leave.set(name, done);
      },
      () => refused.push(name),
    );
  return { enter, begun, refused, leave: (name: string) => leave.get(name)?.() };
}

describe('a turn at the platform', () => {
  it('comes to another network before the flood of the first has passed', () => {
    const { enter, begun, leave } = arena(4);
    for (let each = 0; each < 10; each += 1) enter(`flood-${each}`, 'a');
    expect(begun).toEqual(['flood-0', 'flood-1']);
    enter('other', 'b');
    expect(begun).toContain('other');
    leave('flood-0');
    expect(begun).toEqual(['flood-0', 'flood-1', 'other', 'flood-2']);
  });

  it('comes to another credential before a flood with one credential from many networks has passed', () => {
    const { enter, begun } = arena(4);
    for (let each = 0; each < 10; each += 1) enter(`flood-${each}`, `network-${each}`, 'key');
    expect(begun).toEqual(['flood-0', 'flood-1']);
    enter('other', 'network-0', 'another key');
    expect(begun).toEqual(['flood-0', 'flood-1', 'other']);
  });

  it('goes round the networks that wait', () => {
    const { enter, begun, leave } = arena(1);
    enter('running', 'x');
    for (const name of ['a1', 'a2', 'a3']) enter(name, 'a');
    enter('b1', 'b');
    for (const name of ['running', 'a1', 'b1', 'a2']) leave(name);
    expect(begun).toEqual(['running', 'a1', 'b1', 'a2', 'a3']);
  });

  it('is given back once, however often it is said', () => {
    const { enter, begun, leave } = arena(1);
    for (const name of ['one', 'two', 'three']) enter(name, 'a');
    leave('one');
    leave('one');
    expect(begun).toEqual(['one', 'two']);
  });

  it('that does not come in time is refused, and is not taken later', () => {
    const { enter, begun, refused, leave } = arena(1);
    enter('running', 'a');
    enter('late', 'a');
    vi.advanceTimersByTime(PATIENCE);
    expect(refused).toEqual(['late']);
    leave('running');
    enter('next', 'a');
    expect(begun).toEqual(['running', 'next']);
    expect(vi.getTimerCount()).toBe(0);
  });
});
