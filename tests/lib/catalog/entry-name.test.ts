import { describe, expect, it } from 'vitest';
import { baselines } from '../../../lib/catalog/baselines/index.ts';
import { nameDefect } from '../../../lib/catalog/entry-name.ts';

describe('the name of an entry', () => {
  it.each(Object.entries(baselines))('is never one of ours, in any spelling: %s', (id, { name }) => {
    const spellings = [
      id,
      name,
      name.toUpperCase(),
      name.replace(/[^\p{L}\p{N}]+/gu, '_'),
      ` ${name}.`,
      name.split(',')[0]!,
    ];
    for (const spelling of spellings) expect(nameDefect(spelling), spelling).toMatch(/^name: /);
  });

  it.each([
    'No defense',
    'nо defense',
    'N0 DEFENSE',
    'ＤＰ－ＳＧＤ',
    'dp sgd',
    'DP‐SGD',
    'Sеver',
    'ЅЕVЕR',
    'D.P.A.',
    'Nó défense',
    'DP-SGD!',
    'No defense |',
    'mixup!',
    'ꓠꓳ ꓓꓰꓝꓰꓠꓢꓰ',
    'ꓓꓑ-ꓢꓖꓓ',
    'ᎠᏢᎪ',
    'Trirnmed loss',
    'rnixup',
    'ꮪꭼꮩꭼꭱ, 10 %',
    'Cㅣipping only',
    'C丨ipping only',
    'Cǀipping only',
    'C∣ipping only',
    'Nㅇ defense',
    'N〇 defense',
    'S℮v℮r',
    'Nø defense',
    '🅽o 🅳efense',
    'ᴅᴘ-sɢᴅ',
    'Ɗp-sgd',
    'DP-SGÐ',
    'dƿ-sgd',
    'DP-$GD',
    'DP-S6D',
    '$ever',
    'S3ver',
    'M¡xup',
    'Mixʊp',
    'Sɘver',
    'D₽A',
    'DPɅ',
    'ᗩᗷᒪ',
    'Official DP-SGD',
    'DP-SGD by Antidote',
    'Antidote’s SEVER (reference)',
    'The original mixup, v2',
  ])('is not taken for a reference defense: %s', (name) => expect(nameDefect(name)).toMatch(/^name: /));

  it.each([
    'NA',
    'n/a',
    '#N/A',
    '<NA>',
    'None',
    'null',
    'NULL',
    'nan',
    '-NaN',
    'ΝΑ',
    '1.#QNAN',
    'True',
    'NA!',
    'N/A|',
    'ɴᴏɴᴇ',
    'ⲚⲞⲚⲈ',
    'ꓠꓮ',
  ])('is read as text by every program: %s', (name) => expect(nameDefect(name)).toMatch(/^name: /));

  it.each(['\u3164', '\u2800', 'a\u115fb', '—', '123', '1e\u200d', '\u0301', '😀', `A${'\u0301\u0316'.repeat(3)}`])(
    'can be seen and read: %j',
    (name) => expect(nameDefect(name)).toMatch(/^name: /),
  );

  it.each(['pаypal filter', 'Filtеr', 'ραy', 'DꓑA2', 'ꓢeverer', 'Ⲥat', 'aקb', 'Фilter', '漢я'])(
    'has words of one script each: %s',
    (name) => expect(nameDefect(name)).toMatch(/^name: /),
  );

  it.each([
    'DP-SGD with adaptive clipping',
    'ε-greedy filter',
    'σ 0.5',
    'Фильтр соседей',
    '最近傍フィルタ',
    'k-NN, k 50',
    'Fort Náměstí',
    'SEVERE',
    'Baseline with 3 votes',
    'The true gradient filter',
    'Reference-free filter',
    'Antidotal training',
    'Random real filter',
    'Label by cleaning',
    'DPA-A',
    'Mixup by Kim',
    'N4',
    'Clip by only',
    'Møller–Ðorđe clip',
    '基于SGD的防御',
    'データDP',
    '한국SGD',
    'Warning!',
    'מסנן שכנים',
    'ภาษาไทย',
    'nano',
    'Nobody',
  ])('may be one’s own: %s', (name) => expect(nameDefect(name)).toBeNull());
});
