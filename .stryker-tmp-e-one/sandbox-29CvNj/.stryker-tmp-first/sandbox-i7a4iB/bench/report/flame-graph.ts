// @ts-nocheck
// 
import type { Call } from './call-tree.ts';

const WIDTH = 1200;
const ROW = 17;
const TOP = 30;
/** Calls that take less of the whole are left out, which keeps the file small. */
const LEAST = 0.004;
/** About how wide a letter is. */
const LETTER = 6.6;

/** A flame graph as SVG: each row is called by the row above it, and as wide as the processor time that it takes. */
export function flameGraph(root: Call, title: string): string {
  const boxes: string[] = [];
  let deepest = 0;
  const draw = (call: Call, left: number, depth: number): void => {
    const share = call.time / root.time;
    if (share < LEAST) return;
    deepest = Math.max(deepest, depth);
    boxes.push(box(call, left * WIDTH, depth, share));
    let at = left;
    for (const child of [...call.calls.values()].sort((a, b) => b.time - a.time)) {
      draw(child, at, depth + 1);
      at += child.time / root.time;
    }
  };
  draw(root, 0, 0);
  const height = TOP + (deepest + 1) * ROW + 10;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="monospace" font-size="11">`,
    `<title>${escaped(title)}</title>`,
    `<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>`,
    `<text x="4" y="18" font-size="13">${escaped(title)}</text>`,
    ...boxes,
    '</svg>',
    '',
  ].join('\n');
}

function box({ name, place }: Call, x: number, depth: number, share: number): string {
  const y = TOP + depth * ROW;
  const width = share * WIDTH;
  const percent = `${(share * 100).toFixed(1)} %`;
  const text = `${name} ${place}`.slice(0, Math.floor((width - 4) / LETTER));
  const label = text.length < 3 ? '' : `<text x="${(x + 3).toFixed(1)}" y="${y + 12}">${escaped(text)}</text>`;
  return (
    `<g><title>${escaped(`${name} ${place}: ${percent}`)}</title>` +
    `<rect x="${x.toFixed(1)}" y="${y}" width="${width.toFixed(1)}" height="${ROW - 1}" fill="${colorOf(place)}"/>${label}</g>`
  );
}

/** This service is green, its database red, the rest of what it uses yellow, and Node grey. */
function colorOf(place: string): string {
  if (place.startsWith('src/')) return '#9bd49b';
  if (place === 'knex' || place === 'better-sqlite3' || place === '@objectstack/driver-sql') return '#f2a59b';
  return place === 'node' || place === 'native' || place === '' ? '#d5d5d5' : '#f5dc8c';
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
