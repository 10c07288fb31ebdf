import { type ChildProcess, spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';

type Program = { file: string; args: string[]; env: NodeJS.ProcessEnv; cwd: string; uid?: number; gid?: number };

/** A process in a group of its own that is started again whenever it ends, until it is stopped. */
export class KeptProcess {
  private child: ChildProcess | null = null;
  private ended: Promise<void> = Promise.resolve();
  private wanted = true;
  private held = false;
  /** How often it was killed, and how often it ended by itself. */
  kills = 0;
  ends = 0;
  /** The end of what it said. */
  words = '';

  /** `program` is asked for at each start. */
  constructor(
    private readonly program: () => Promise<Program> | Program,
    private readonly restMs: () => number,
  ) {
    void this.keep();
  }

  private async keep(): Promise<void> {
    while (this.wanted) {
      if (this.held) {
        await sleep(50);
        continue;
      }
      const { file, args, ...options } = await this.program();
      const child = spawn(file, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
      this.child = child;
      for (const stream of [child.stdout, child.stderr])
        stream.setEncoding('utf8').on('data', (text: string) => {
          this.words = (this.words + text).slice(-20_000);
        });
      const before = this.kills;
      this.ended = new Promise((done) => child.once('close', () => done()).once('error', () => done()));
      await this.ended;
      if (this.wanted && this.kills === before) this.ends++;
      this.child = null;
      await sleep(this.restMs());
    }
  }

  /** SIGKILL to all of its group; settles when it is gone. */
  async kill(): Promise<void> {
    const pid = this.child?.pid;
    if (!pid) return;
    this.kills++;
    process.kill(-pid, 'SIGKILL');
    await this.ended;
  }

  /** Kills it, and keeps it from starting while something is done. */
  async whileDown(work: () => Promise<void>): Promise<void> {
    this.held = true;
    try {
      await this.kill();
      await work();
    } finally {
      this.held = false;
    }
  }

  async stop(): Promise<void> {
    this.wanted = false;
    this.held = false;
    const pid = this.child?.pid;
    if (pid) process.kill(-pid, 'SIGKILL');
    await this.ended;
  }
}
