import { z } from 'zod';
import { Card } from '../contract/card.ts';
import { Decision } from '../contract/decision.ts';
import { RowKind } from '../contract/ids.ts';
import { Label } from '../contract/protocol.ts';
import {
  SeasonBegin,
  SeasonEnd,
  SeasonHeld,
  SeasonName,
  SeasonOpening,
  SeasonRunner,
  SeasonSummary,
} from '../contract/season.ts';
import { SeasonSnapshot } from '../contract/season-snapshot.ts';
import { SnapshotRow } from '../contract/snapshot.ts';
import { BaselineId } from './baselines/index.ts';

/** A reference defense as the chores hand it over. */
const BaselineJson = z.strictObject({
  id: BaselineId,
  name: z.string().min(1).max(80),
  kind: RowKind,
  code: z.string(),
  card: Card,
});

/** Of the machine that the site runs on. */
const DumpFile = z.strictObject({ file: z.string().startsWith('/').max(4096) });
const Rows = z.object({ rows: z.int() });

/**
 * What the site does for those who can read its data folder: POST /api/chores/<name>, its body and its answer. The
 * command line and the program that starts the site call them.
 */
export const chores = {
  signInLink: { name: 'sign-in-link', body: z.strictObject({}), answer: z.object({ link: z.url() }) },
  runnerCode: {
    name: 'runner-code',
    body: z.strictObject({ labels: z.array(Label).max(20) }),
    answer: z.object({ code: z.string() }),
  },
  seed: {
    name: 'seed',
    body: z.strictObject({ suite: z.string(), baselines: z.array(BaselineJson).max(50).readonly() }),
    answer: z.object({
      items: z.array(z.object({ id: BaselineId, submission: z.uuid() })),
      next: z.null(),
    }),
  },
  jobsHere: {
    name: 'jobs-here',
    body: z.strictObject({ jobs: z.array(z.uuid()).max(1000) }),
    answer: z.object({ jobs: z.array(z.uuid()) }),
  },
  snapshot: {
    name: 'snapshot',
    body: z.strictObject({ baseline: BaselineJson, row: SnapshotRow }),
    answer: z.object({ imported: z.boolean() }),
  },
  snapshotRows: {
    name: 'snapshot-rows',
    body: z.strictObject({ suite: z.string() }),
    answer: z.object({ items: z.array(SnapshotRow), next: z.null() }),
  },
  audit: {
    name: 'audit',
    body: z.strictObject({}),
    answer: z.object({ events: z.int(), results: z.int(), problems: z.array(z.string()) }),
  },
  decide: {
    name: 'decide',
    body: Decision,
    answer: z.object({ job: z.uuid() }),
  },
  seasonBegin: { name: 'season-begin', body: SeasonBegin, answer: SeasonSummary },
  seasonOpen: { name: 'season-open', body: SeasonOpening, answer: SeasonSummary },
  seasonRunner: { name: 'season-runner', body: SeasonRunner, answer: SeasonSummary },
  seasonClosing: { name: 'season-closing', body: SeasonHeld, answer: SeasonSummary },
  seasonClose: { name: 'season-close', body: SeasonEnd, answer: SeasonSummary },
  seasonImport: { name: 'season-import', body: SeasonSnapshot, answer: z.object({ imported: z.boolean() }) },
  seasonExport: { name: 'season-export', body: z.strictObject({ name: SeasonName }), answer: SeasonSnapshot },
  dump: { name: 'dump', body: DumpFile, answer: Rows },
  restore: { name: 'restore', body: DumpFile, answer: Rows },
  /** A page of evaluations after the one named; `next` names its end. */
  rescore: {
    name: 'rescore',
    body: z.strictObject({ check: z.boolean(), after: z.uuid().nullable() }),
    answer: z.object({
      evaluations: z.int(),
      differences: z.array(
        z.object({
          submission: z.uuid(),
          suite: z.string(),
          path: z.string(),
          stored: z.string(),
          computed: z.string(),
        }),
      ),
      next: z.uuid().nullable(),
    }),
  },
} as const;
