import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { table } from '../../src/cli/table.ts';

const HEADINGS = ['ID', 'NAME', 'STATUS'];

describe('a table at a terminal', () => {
  it('aligns columns where a character takes two cells', () => {
    const lines = table(HEADINGS, [
      ['k1', '日次エクスポート', 'ACTIVE'],
      ['k2', 'Deploy 🚀', 'REVOKED'],
      ['k3', 'CI', 'ACTIVE'],
    ]);
    expect(lines).toEqual([
      'ID  NAME              STATUS',
      'k1  日次エクスポート  ACTIVE',
      'k2  Deploy 🚀         REVOKED',
      'k3  CI                ACTIVE',
    ]);
    // In cells, the last column begins at the same place everywhere.
    expect(new Set(lines.map((line) => stringWidth(line.slice(0, line.search(/STATUS|ACTIVE|REVOKED/)))))).toEqual(
      new Set([22]),
    );
  });

  it('fits the width by cutting the widest column, never through a character', () => {
    const lines = table(HEADINGS, [['k1', '日次エクスポートの鍵', 'ACTIVE']], { width: 24 });
    expect(lines[1]).toContain('…');
    for (const line of lines) expect(stringWidth(line)).toBeLessThanOrEqual(24);
    expect(lines[1]).toMatch(/^k1 {2}日次エクス…? *ACTIVE$/);
  });

  it('cuts nothing in a pipe', () => {
    const name = 'x'.repeat(300);
    expect(table(HEADINGS, [['k1', name, 'ACTIVE']])[1]).toContain(name);
  });

  it('shows no control characters', () => {
    expect(table(['NAME'], [['a\u001b[31mb\nc']]).join('\n')).not.toMatch(/[\u001b]|a.*b\n/);
  });
});
