import type { LeaseAnswer } from '../../lib/contract/protocol.ts';
import { firstBytes } from './first-bytes.ts';
import type { Lease, Site } from './site.ts';

/**
 * Sends what modules print to the site, in order, within the lease's limits. A lost log is no reason to lose a result.
 */
export class LogUpload {
  private bytes = 0;
  private sending: Promise<void> = Promise.resolve();

  constructor(
    private readonly site: Site,
    private readonly lease: Lease,
    private readonly limits: LeaseAnswer['limits'],
  ) {}

  add(text: string): void {
    this.sending = this.sending.then(() => this.send(text));
  }

  /** Settles when all of it is sent or lost; never rejects. */
  ended(): Promise<void> {
    return this.sending;
  }

  private async send(text: string): Promise<void> {
    const room = Math.min(this.limits.logChunkBytes, this.limits.logBytes - this.bytes);
    if (text === '' || room <= 0) return;
    this.bytes = await this.site.log(this.lease, this.bytes, firstBytes(text, room)).catch(() => this.bytes);
  }
}
