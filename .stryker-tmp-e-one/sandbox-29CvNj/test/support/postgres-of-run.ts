// @ts-nocheck
import { inject } from 'vitest';

/** The address of the PostgreSQL server of this run, which is started when it is first asked for. */
export async function postgresUrl(): Promise<string> {
  const response = await fetch(inject('postgresStarter'));
  const answer = await response.text();
  if (!response.ok) throw new Error(`PostgreSQL did not start: ${answer}`);
  return answer;
}
