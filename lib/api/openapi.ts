import 'server-only';
import { z } from 'zod';
import * as api from '../contract/api.ts';
import { RunnerStateAnswer, RunnerStateRequest } from '../contract/runner-state.ts';
import { SubmissionRequest } from '../contract/submission-request.ts';
import { harness } from '../harness.ts';
import { siteOrigin } from '../site-origin.ts';
import { everywhere, type Route, routes } from './routes.ts';

/** The schemas that the document gives a name. */
const answers = {
  Problem: api.Problem,
  Health: api.Health,
  Suite: api.SuiteJson,
  SuiteList: api.SuiteList,
  Standings: api.StandingsJson,
  Submission: api.SubmissionJson,
  SubmissionPage: api.SubmissionPage,
  RunnerState: RunnerStateAnswer,
  Token: api.TokenAnswer,
  Device: api.DeviceAnswer,
  DeviceToken: api.DeviceTokenAnswer,
  DeviceProblem: api.DeviceProblem,
};
const requests = {
  SubmissionRequest,
  RunnerStateRequest,
  WithdrawRequest: api.WithdrawRequest,
  LinkRequest: api.LinkRequest,
};
const names = new Map<z.ZodType, string>(
  [...Object.entries(answers), ...Object.entries(requests)].map(([name, schema]) => [schema, name]),
);

const bare = ({ $schema: _, ...schema }: Record<string, unknown>) => schema;
const schemaOf = (schema: z.ZodType): Record<string, unknown> => {
  const name = names.get(schema);
  if (name) return { $ref: `#/components/schemas/${name}` };
  if (schema instanceof z.ZodUnion)
    return { anyOf: schema.options.filter((option) => option instanceof z.ZodType).map(schemaOf) };
  return bare(z.toJSONSchema(schema));
};
const text = { schema: { type: 'string' } };
const parameter = (where: 'path' | 'query' | 'header') => (name: string) => ({
  name,
  in: where,
  ...(where === 'path' && { required: true }),
  ...text,
});

function answerOf([description, content]: Route['answers'][number]) {
  if (content === null) return { description };
  if (typeof content !== 'string') {
    const type = content === api.Problem ? 'application/problem+json' : 'application/json';
    return { description, content: { [type]: { schema: schemaOf(content) } } };
  }
  const schema = { type: 'string', ...(content === 'application/octet-stream' && { format: 'binary' }) };
  return { description, content: { [content]: { schema } } };
}

const bodyOf = (body: NonNullable<Route['body']>) => ({
  requestBody: {
    required: body instanceof z.ZodType, // a form may be empty
    content:
      body instanceof z.ZodType
        ? { 'application/json': { schema: schemaOf(body) } }
        : {
            'application/x-www-form-urlencoded': {
              schema: {
                type: 'object',
                properties: Object.fromEntries(body.map((name) => [name, { type: 'string' }])),
              },
            },
          },
  },
});

function operationOf(route: Route) {
  const parameters = [
    ...(route.query ?? []).map(parameter('query')),
    ...(route.headers ?? []).map(parameter('header')),
  ];
  return {
    summary: route.summary,
    ...(parameters.length > 0 && { parameters }),
    ...(route.for !== 'anybody' && { security: [{ token: [] }] }),
    ...(route.body && bodyOf(route.body)),
    responses: Object.fromEntries(
      Object.entries({ ...everywhere, ...route.answers }).map(([status, answer]) => [status, answerOf(answer)]),
    ),
  };
}

const base = '/api/v1';

function paths(): Record<string, Record<string, unknown>> {
  const made: Record<string, Record<string, unknown>> = {};
  const published = Object.entries<Route>(routes).filter(([, route]) => route.published);
  for (const [name, route] of published) {
    const [method, full] = name.split(' ') as [string, string];
    const path = full.slice(base.length).replaceAll('*}', '}');
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, param]) => parameter('path')(param!));
    made[path] ??= inPath.length > 0 ? { parameters: inPath } : {};
    made[path][method.toLowerCase()] = operationOf(route);
  }
  return made;
}

/** OpenAPI 3.1 of the public interface, made from the table of routes. */
export function openApi() {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Antidote',
      version: harness().version,
      description: 'Defenses against training-data poisoning: suites, submissions and standings.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: siteOrigin() + base }],
    paths: paths(),
    components: {
      schemas: {
        ...Object.fromEntries(Object.entries(answers).map(([name, schema]) => [name, bare(z.toJSONSchema(schema))])),
        ...Object.fromEntries(
          Object.entries(requests).map(([name, schema]) => [name, bare(z.toJSONSchema(schema, { io: 'input' }))]),
        ),
      },
      securitySchemes: { token: { type: 'http', scheme: 'bearer' } },
    },
  };
}
