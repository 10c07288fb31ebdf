import { Code } from '@/app/ui/code.tsx';

export function Hosting() {
  return (
    <>
      <h2>One machine</h2>
      <p>
        Linux with Node 22 is enough. The database is embedded, and one runner works beside the site. Everything that is
        kept lies in the folder that <code>ANTIDOTE_DATA</code> names.
      </p>
      <div>
        <Code label="Start it on one machine">
          {'npm ci\nnpx antidote doctor   # what this machine lacks, and the command that mends it\nnpm start'}
        </Code>
      </div>
      <ul>
        <li>
          Without <code>bubblewrap</code> or gVisor nobody else’s code is run: submissions wait, and say why. The
          reference defenses are run all the same.
        </li>
        <li>
          The last line that is printed is a link that signs you in, once. <code>npx antidote sign-in-link</code> prints
          another.
        </li>
        <li>
          <code>npx antidote dump</code> writes the whole database to a file and <code>restore</code> reads it.{' '}
          <code>npx antidote audit</code> checks that events, results and scores belong together.
        </li>
      </ul>
      <h2>Vercel, PostgreSQL, and runners of your own</h2>
      <p>
        The pages run on Vercel or any host for Next.js, the database is PostgreSQL, and runners are programs on your
        machines that ask the site for work. The site never connects to them.
      </p>
      <ol>
        <li>
          Make a PostgreSQL database, and set <code>DATABASE_URL</code>, on Vercel <code>POSTGRES_URL</code>, to its
          address. The tables are made at the first request.
        </li>
        <li>
          Set <code>NEXTAUTH_URL</code> to the site’s address and <code>NEXTAUTH_SECRET</code> to 32 random bytes. For
          people to sign in, set <code>GITHUB_ID</code> and <code>GITHUB_SECRET</code>, or <code>ORCID_ID</code> and{' '}
          <code>ORCID_SECRET</code>.
        </li>
        <li>
          Name yourself in <code>ANTIDOTE_ORGANIZERS</code>, as provider and subject: <code>github:12345</code>. Sign
          in, and make a one-time code for a runner on the page of runners.
        </li>
        <li>On each machine that trains, with bubblewrap and Node 22:</li>
      </ol>
      <div>
        <Code label="Start a runner">{'ANTIDOTE_URL=https://… ANTIDOTE_ENROL=<the code> npx antidote work'}</Code>
      </div>
      <ul>
        <li>
          As many runners as wanted. Each may be stopped at any time: what it held is leased to another, and no result
          counts twice.
        </li>
        <li>
          <code>runner/deploy/compose.yaml</code> starts one in a container. <code>/api/v1/health</code> says how many
          jobs wait, for scaling by it. The container’s image has not been built by us yet.
        </li>
        <li>
          Hosts that run pages by themselves have no kept board: each view is rendered when it is asked for, and a page
          that fails in an outage is 500 there, not 503.
        </li>
      </ul>
    </>
  );
}
