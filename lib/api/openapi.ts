import 'server-only';
import { z } from 'zod';
import * as schemas from '../contract/api.ts';
import { RunnerStateAnswer, RunnerStateRequest } from '../contract/runner-state.ts';
import { SubmissionRequest } from '../contract/submission-request.ts';
import { harness } from '../harness.ts';
import { siteOrigin } from '../site-origin.ts';

const components = {
  Problem: schemas.Problem,
  Health: schemas.Health,
  Suite: schemas.SuiteJson,
  SuiteList: schemas.SuiteList,
  Standings: schemas.StandingsJson,
  Submission: schemas.SubmissionJson,
  SubmissionPage: schemas.SubmissionPage,
  RunnerState: RunnerStateAnswer,
  Token: schemas.TokenAnswer,
  Device: schemas.DeviceAnswer,
  DeviceToken: schemas.DeviceTokenAnswer,
  DeviceProblem: schemas.DeviceProblem,
};
const requests = {
  SubmissionRequest,
  WithdrawRequest: schemas.WithdrawRequest,
  LinkRequest: schemas.LinkRequest,
  RunnerStateRequest,
};
type Answer = keyof typeof components;

const json = (schema: string) => ({ 'application/json': { schema: { $ref: `#/components/schemas/${schema}` } } });
const answers = (
  good: Record<number, [description: string, schema: Answer]>,
  problems: Record<number, string> = {},
) => ({
  ...Object.fromEntries(
    Object.entries(good).map(([status, [description, schema]]) => [status, { description, content: json(schema) }]),
  ),
  ...Object.fromEntries(
    Object.entries(problems).map(([status, description]) => [
      status,
      { description, content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } } },
    ]),
  ),
});
const text = { schema: { type: 'string' } };
const inPath = (name: string) => ({ name, in: 'path', required: true, ...text });
const takes = (schema: keyof typeof requests) => ({ requestBody: { required: true, content: json(schema) } });
const withToken = { security: [{ token: [] }] };
const formOf = (...names: string[]) => ({
  requestBody: {
    required: true,
    content: {
      'application/x-www-form-urlencoded': {
        schema: { type: 'object', properties: Object.fromEntries(names.map((name) => [name, { type: 'string' }])) },
      },
    },
  },
});
const noSuch = { 404: 'There is none of that id' };
const bytes = {
  description: 'Bytes',
  content: { 'application/octet-stream': { schema: { type: 'string', format: 'binary' } } },
};

const paths = {
  '/health': {
    get: {
      summary: 'Whether site and database answer',
      responses: answers({ 200: ['All is well', 'Health'], 503: ['The database does not answer', 'Health'] }),
    },
  },
  '/suites': { get: { summary: 'Every published suite', responses: answers({ 200: ['The suites', 'SuiteList'] }) } },
  '/suites/{suite}': {
    parameters: [inPath('suite')],
    get: { summary: 'One suite', responses: answers({ 200: ['The suite', 'Suite'] }, noSuch) },
  },
  '/suites/{suite}/files/{path}': {
    parameters: [inPath('suite'), inPath('path')],
    get: {
      summary: 'A file of the suite, whole or in part; its strong ETag is its sha256',
      parameters: [{ name: 'range', in: 'header', ...text }],
      responses: {
        200: bytes,
        206: bytes,
        304: { description: 'Not modified' },
        416: { description: 'The range lies past the end' },
        ...answers({}, noSuch),
      },
    },
  },
  '/suites/{suite}/standings': {
    parameters: [inPath('suite')],
    get: {
      summary: 'The board',
      responses: answers({ 200: ['Every row, also those that wait', 'Standings'] }, noSuch),
    },
  },
  '/suites/{suite}/standings.csv': {
    parameters: [inPath('suite')],
    get: {
      summary: 'The board as CSV',
      responses: { 200: { description: 'RFC 4180', content: { 'text/csv': text } }, ...answers({}, noSuch) },
    },
  },
  '/submissions': {
    get: {
      summary: 'One’s own submissions',
      ...withToken,
      responses: answers({ 200: ['Newest first', 'SubmissionPage'] }, { 401: 'No token' }),
    },
    post: {
      summary: 'Submit a defense (scope submit)',
      ...withToken,
      ...takes('SubmissionRequest'),
      responses: answers(
        { 200: ['The same module was submitted before', 'Submission'], 201: ['Submitted', 'Submission'] },
        {
          401: 'No token',
          403: 'The token is not for this',
          413: 'Over 262,144 bytes',
          422: 'The module is refused, with the reason',
          429: 'Past the quota',
        },
      ),
    },
  },
  '/submissions/{submission}': {
    parameters: [inPath('submission')],
    get: {
      summary: 'What became of a submission',
      parameters: [{ name: 'suite', in: 'query', ...text }],
      responses: {
        ...answers({ 200: ['The submission', 'Submission'] }, noSuch),
        304: { description: 'Not modified' },
      },
    },
  },
  '/submissions/{submission}/module': {
    parameters: [inPath('submission')],
    get: {
      summary: 'The module’s text, public from its first score on',
      responses: {
        200: { description: 'As it was submitted', content: { 'text/plain': text } },
        ...answers({}, noSuch),
      },
    },
  },
  '/submissions/{submission}/withdraw': {
    parameters: [inPath('submission')],
    post: {
      summary: 'Take a submission off the board (owner or organizer)',
      ...withToken,
      ...takes('WithdrawRequest'),
      responses: answers({ 200: ['Withdrawn', 'Submission'] }, { 401: 'No token', 403: 'Not yours', ...noSuch }),
    },
  },
  '/runners/{runner}/state': {
    parameters: [inPath('runner')],
    post: {
      summary: 'Drain, quarantine, retire or activate a runner (organizer, scope runner-admin)',
      ...withToken,
      ...takes('RunnerStateRequest'),
      responses: answers(
        { 200: ['The runner and its new state', 'RunnerState'] },
        { 401: 'No token', 403: 'Not an organizer', 409: 'The order does not fit its state', ...noSuch },
      ),
    },
  },
  '/tokens': {
    post: {
      summary: 'Trade a one-time sign-in link for a token',
      ...takes('LinkRequest'),
      responses: answers({ 201: ['The token, shown once', 'Token'] }, { 410: 'Used up or run out' }),
    },
  },
  '/device': {
    post: {
      summary: 'Begin the device flow (RFC 8628)',
      ...formOf('client_id', 'scope'),
      responses: answers({ 200: ['Codes', 'Device'], 400: ['Refused', 'DeviceProblem'] }),
    },
  },
  '/device/token': {
    post: {
      summary: 'Ask whether the device was approved',
      ...formOf('grant_type', 'device_code', 'client_id'),
      responses: answers({
        200: ['The token, shown once', 'DeviceToken'],
        400: ['Not yet, or never', 'DeviceProblem'],
      }),
    },
  },
};

/** OpenAPI 3.1 of the public interface, its schemas those that the answers are made by. */
export function openApi() {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Antidote',
      version: harness().version,
      description: 'Defenses against training-data poisoning: suites, submissions and standings.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: `${siteOrigin()}/api/v1` }],
    paths,
    components: {
      schemas: {
        ...Object.fromEntries(Object.entries(components).map(([name, schema]) => [name, bare(z.toJSONSchema(schema))])),
        ...Object.fromEntries(
          Object.entries(requests).map(([name, schema]) => [name, bare(z.toJSONSchema(schema, { io: 'input' }))]),
        ),
      },
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
    },
  };
}

const bare = ({ $schema: _, ...schema }: Record<string, unknown>) => schema;
