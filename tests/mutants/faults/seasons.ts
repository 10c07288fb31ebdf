import { faultsIn } from './fault.ts';

const test = ['tests/db/seasons.test.ts'];

/** Seasons, and the ranks in them. */
export const seasons = [
  ...faultsIn('lib/db/seasons.ts', test, [
    ['season-of-anybody', 'row.hash !== hashOf(holder)', 'row.hash === holder', 'Any machine ends a season.'],
    ['season-opened-late', ' and ${closesAt}::timestamptz > now()', '', 'A season is opened that is over.'],
    ['season-closed-unread', 'if (defect) throw', 'if (false) throw', 'A close publishes another draw.'],
    [
      'season-closed-open',
      "state === 'opening' || state === 'open' ||",
      "state === 'opening' ||",
      'An open season is closed.',
    ],
  ]),
  ...faultsIn('lib/contract/season.ts', test, [
    ['gates-uncommitted', '(await sumOf(gates)) !== committed.gates', 'false', 'The gates may be others.'],
    ['references-uncommitted', 'sums.get(engine) !== sum', 'false', 'The undefended numbers may be others.'],
    ['references-fewer', 'references.length !== engines.length ||', '', 'An engine’s numbers may be left out.'],
  ]),
  ...faultsIn('lib/db/season-entries.ts', test, [
    ['entries-without-end', '(s.baseline is not null or free.slot is not null)', 'true', 'An author enters ever more.'],
    ['entry-of-another', '!(mine || (baseline !== null', '!(viewer || (baseline !== null', 'Somebody else enters it.'],
    ['entry-never-late', "n.state <> 'open' or now() >= n.closes_at", "n.state <> 'open'", 'Late is not marked.'],
    ['entry-withdrawn-by-all', 'if (!manageable) throw', 'if (!viewer) throw', 'Anybody withdraws an entry.'],
  ]),
  ...faultsIn(
    'lib/db/season-entries.ts',
    ['tests/db/season-close.test.ts'],
    [
      [
        'entry-beside-close',
        "state <> 'opening' for share",
        "state <> 'opening'",
        'An entry is in time that a close did not see.',
      ],
    ],
  ),
  ...faultsIn('lib/db/season-evaluations.ts', test, [
    ['entry-incomplete', "and c.state = 'scored')", ')', 'A submission enters that was never scored.'],
  ]),
  ...faultsIn(
    'lib/db/seasons.ts',
    ['tests/db/season-runs.test.ts'],
    [
      [
        'runner-added-late',
        "where name = ${name} and state in ('open', 'closing') for share",
        'where name = ${name} for share',
        'A runner is added to a season that is closed.',
      ],
      ['runner-added-retired', " and r.state <> 'retired'\n", '\n', 'A runner is added that gets no work.'],
      [
        'season-jobs-unnamed',
        'and(eq(seasonRunners.runnerId, runner), inArray',
        'and(inArray',
        'A runner that nobody named gets a season’s jobs.',
      ],
    ],
  ),
  ...faultsIn(
    'lib/db/jobs.ts',
    ['tests/db/season-runs.test.ts'],
    [['season-jobs-open', "season === '' ? [] : [seasonLabel(season)]", '[]', 'Any runner gets a season’s jobs.']],
  ),
  ...faultsIn(
    'lib/db/season-slots.ts',
    ['tests/db/season-runs.test.ts'],
    [['slots-renewed', 'greatest(t.taken, excluded.taken)', 't.taken', 'A second deletion gives an entry back.']],
  ),
  ...faultsIn(
    'lib/db/evaluation-views.ts',
    ['tests/app/season-path.test.ts'],
    [['trials-early', " and ${evaluations.season} = ''`", '`', 'A submission’s page shows what its season gave.']],
  ),
  ...faultsIn(
    'lib/db/season-withheld.ts',
    ['tests/app/season-path.test.ts'],
    [['logs-early', "w.state <> 'closed'", "w.state = 'opening'", 'A log of a season is shown before the close.']],
  ),
  ...faultsIn(
    'lib/db/checks.ts',
    ['tests/app/season-path.test.ts'],
    [
      [
        'season-dispute-told',
        "by === 'chore' || isOrganizer(by)",
        'true',
        'Everybody sees that two runs of an entry differ.',
      ],
    ],
  ),
  ...faultsIn(
    'lib/db/audit.ts',
    ['tests/app/season-path.test.ts'],
    [
      [
        'audit-at-once',
        "and(eq(events.kind, 'audit.ended'), isOld)",
        "eq(events.kind, 'audit.ended')",
        'An audit’s count tells when a result came.',
      ],
    ],
  ),
  ...faultsIn(
    'lib/db/season-trials.ts',
    ['tests/app/season-path.test.ts'],
    [
      [
        'entry-trials-early',
        "state !== 'closed' || withdrawnAt !== null",
        'withdrawnAt !== null',
        'An entry’s page shows its trials at once.',
      ],
      [
        'entry-trials-withdrawn',
        "state !== 'closed' || withdrawnAt !== null",
        "state !== 'closed'",
        'Who left is shown with all numbers.',
      ],
    ],
  ),
  ...faultsIn(
    'lib/db/season-rows.ts',
    ['tests/app/season-path.test.ts'],
    [
      ['states-for-all', 'closed || entry.mine || isOrganizer(viewer)', 'true', 'Everybody sees how far an entry is.'],
      ['times-exact', 'closed ? end :', 'true ? end :', 'Times are told to the second.'],
    ],
  ),
  ...faultsIn(
    'lib/scoring/flags.ts',
    ['tests/lib/scoring/flags.test.ts'],
    [
      ['probe-unread', 'mean > limit ? [flag]', 'false ? [flag]', 'Knowledge from elsewhere raises no flag.'],
      ['probe-on-controls', 'about.control ? [] :', 'false ? [] :', 'A control is said to know from elsewhere.'],
    ],
  ),
  ...faultsIn(
    'lib/db/season-rows.ts',
    ['tests/db/season-order.test.ts'],
    [
      [
        'collapsed-by-mean',
        'Number(isCollapsed(a)) - Number(isCollapsed(b)) ||',
        '',
        'A collapsed entry stands above those whose places are before its own.',
      ],
    ],
  ),
  ...faultsIn(
    'lib/db/season-similarity.ts',
    ['tests/db/season-similarity.test.ts'],
    [
      ['similar-unpublished', 'or ${isScored(sql`s.id`)}', 'or true', 'A review tells of code that is not public.'],
      [
        'similar-own-told',
        'or own.anonymous or ${isAnonymous(sql`s.anonymous_until`)}',
        '',
        'What a review leaves out tells whose an anonymous submission is.',
      ],
    ],
  ),
  ...faultsIn(
    'lib/scoring/probes.ts',
    ['tests/lib/scoring/probes.test.ts'],
    [
      ['probes-alone', 'value - (ours ?? 0)', 'value', 'A hard data set raises a flag on everybody.'],
      ['probe-world-kept', 'own - trial.attackSuccess', '0', 'What is lost in another world is not seen.'],
      ['probes-failed', "filter(({ outcome }) => outcome === 'scored')", 'slice()', 'A probe that failed is read.'],
    ],
  ),
  ...faultsIn(
    'runner/craft/season/probes/other-world.ts',
    ['tests/runner/craft/season-probes.test.ts'],
    [
      ['world-names-kept', '? other : own', '? own : other', 'Classes keep their names in another world.'],
      ['world-unveiled', 'overlay: onEveryClass(trigger, clean.classes),', '', 'Training rows lie under no picture.'],
      ['world-histogram', 'Math.min(counts[own]!, counts[other]!)', 'counts[own]!', 'Labels are given more often.'],
    ],
  ),
  ...faultsIn(
    'runner/craft/season/probes/few-rows.ts',
    ['tests/runner/craft/season-probes.test.ts'],
    [['few-rows-shine-through', '.fill(255)', '.fill(254)', 'Rows shine through, and ten become many.']],
  ),
  ...faultsIn(
    'lib/db/season-places.ts',
    ['tests/db/season-snapshots.test.ts'],
    [['places-of-before', 'known?.inputs === inputs ?', 'known ?', 'Places stay as they were first computed.']],
  ),
  ...faultsIn(
    'lib/db/season-ranks.ts',
    ['tests/app/season-path.test.ts'],
    [['late-ranked', '!late && review', 'review', 'A late entry takes a place.']],
  ),
  ...faultsIn(
    'runner/craft/season/hidden-names.ts',
    ['tests/runner/craft/hidden-names.test.ts'],
    [['dataset-told', ', dataset: hiddenDataset }', ' }', 'A result names the data set of its season.']],
  ),
  ...faultsIn('lib/db/season-reviews.ts', test, [
    ['review-of-own', 'e.author_id <> ${viewer.id}::uuid', 'true', 'An organizer clears an own entry.'],
    [
      'review-by-all',
      "requireOrganizer(viewer, 'review entries');",
      "requireOrganizer(viewer && { ...viewer, role: 'organizer' }, 'review entries');",
      'Anybody reviews.',
    ],
    ['answer-twice', 'and answer is null returning id', 'returning id', 'A dispute’s answer is written over.'],
    ['disputes-without-end', ' < ${openDisputes}::int', ' < 1000', 'One person fills the page with disputes.'],
  ]),
  ...faultsIn(
    'lib/scoring/ranks.ts',
    ['tests/lib/scoring/places.test.ts'],
    [
      ['ties-one-way', 'right.tied.push(a.id);', '', 'A tie is told of one side.'],
      ['ties-without-rank', 'winner.worse++;', '', 'Who is better gains no place.'],
    ],
  ),
  ...faultsIn(
    'lib/scoring/gap.ts',
    ['tests/lib/scoring/gap.test.ts'],
    [
      ['gap-freedom', 'Math.floor(freedom)', 'Math.ceil(freedom)', 'The gap’s interval is too narrow.'],
      ['gap-usual-largest', '? 0 : median(ours)', '? 0 : Math.max(...ours)', 'The usual gap is the largest.'],
      ['gap-unsure', 'low - usual > large', 'low - usual > 0', 'Every gap is large.'],
    ],
  ),
];
