import { Code } from '@/app/ui/code.tsx';
import { siteOrigin } from '@/lib/site-origin.ts';
import { apiExamples } from './api-examples.ts';

export function Api() {
  return (
    <>
      <p>
        Everything that the pages show can be read by a program, without an account.{' '}
        <a className="link" href="/api/v1/openapi.json">
          The OpenAPI document
        </a>{' '}
        describes all of it. Who submits needs a token from the page of{' '}
        <a className="link" href="/account">
          the account
        </a>
        , or <code>npx antidote login</code>. The examples take two variables:
      </p>
      <div>
        <Code label="Variables of the examples">{`export ANTIDOTE_URL=${siteOrigin()}\nexport ANTIDOTE_TOKEN=…`}</Code>
      </div>
      {apiExamples.map(({ title, command }) => (
        <div key={title}>
          <p>{title}:</p>
          <Code label={title}>{command}</Code>
        </div>
      ))}
      <ul>
        <li>
          An answer that is no success is <code>application/problem+json</code>: <code>code</code> is for programs,{' '}
          <code>detail</code> is one sentence for people.
        </li>
        <li>
          429 and 503 come with <code>Retry-After</code>. Answers have an ETag: ask again with{' '}
          <code>If-None-Match</code>, and what has not changed is not sent.
        </li>
        <li>A number that does not apply or is missing is null, never 0. Fields are added, never renamed.</li>
      </ul>
    </>
  );
}
