import type { LeaseAnswer } from '../../lib/contract/protocol.ts';
import { SiteProblem } from '../client/site-problem.ts';
import type { Lease, Site } from './site.ts';

/** Why a job ended before its trials did. */
export class Stopped extends Error {
  override name = 'Stopped';
  constructor(readonly why: 'lease-lost' | 'cancelled' | 'drained') {
    super(why);
  }
}

/**
 * How long a lease lasts, in the site's words. `asked`: when it was asked for, by this machine's monotonic clock, in
 * ms.
 */
type Terms = Pick<LeaseAnswer, 'leaseSeconds' | 'deadline' | 'serverTime'> & { readonly asked: number };

/** At most this share of the lease passes between two heartbeats. */
const beatsPerLease = 3;

/**
 * Watches over a lease: renews it, and stops the job by this machine's own monotonic clock when the lease that was last
 * heard of has passed, whatever the network does. The site's clock is never compared with ours; a lease counts from the
 * moment it was asked for.
 */
export class LeaseClock {
  private readonly stop = new AbortController();
  private ends: number;
  private readonly timers: NodeJS.Timeout[] = [];
  private beating = false;
  /** What the next heartbeat says. */
  phase = 'preparing';
  progress = 0;

  constructor(
    private readonly site: Pick<Site, 'heartbeat'>,
    private readonly lease: Lease,
    private readonly terms: Terms,
  ) {
    this.ends = terms.asked + terms.leaseSeconds * 1000;
    this.timers.push(
      setInterval(() => this.look(), 200),
      setInterval(() => void this.beat(), (terms.leaseSeconds * 1000) / beatsPerLease),
    );
  }

  /** Aborted with a Stopped. */
  get signal(): AbortSignal {
    return this.stop.signal;
  }

  end(): void {
    for (const timer of this.timers) clearInterval(timer);
  }

  private look(): void {
    if (performance.now() > this.ends) this.stop.abort(new Stopped('lease-lost'));
  }

  private async beat(): Promise<void> {
    if (this.beating || this.signal.aborted) return;
    this.beating = true;
    const asked = performance.now();
    try {
      const answer = await this.site.heartbeat(
        this.lease,
        { phase: this.phase.slice(0, 200), progress: this.progress },
        this.signal,
      );
      const deadline = this.terms.asked + Date.parse(this.terms.deadline) - Date.parse(this.terms.serverTime);
      this.ends = Math.min(asked + this.terms.leaseSeconds * 1000, deadline);
      if (answer.cancel) this.stop.abort(new Stopped('cancelled'));
    } catch (error) {
      if (error instanceof SiteProblem && error.status === 409) this.stop.abort(new Stopped('lease-lost'));
    } finally {
      this.beating = false;
    }
  }
}
