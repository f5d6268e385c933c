// @ts-nocheck
import { setTimeout as pause } from 'node:timers/promises';

/** The longest pause, in milliseconds. */
const LONGEST = 1000;

/**
 * The pace of background work that consists of many steps. After each step it pauses for as long as the step took,
 * so that at least half of the time is left for requests.
 *
 * Without the pauses, requests would wait for all of the work: SQLite runs in the thread that answers requests, and
 * between two statements that have nothing to wait for, no other work gets a turn.
 */
export class Pace {
  #began = performance.now();

  /** Call it after each step. */
  async rest(): Promise<void> {
    await pause(Math.min(performance.now() - this.#began, LONGEST));
    this.#began = performance.now();
  }
}
