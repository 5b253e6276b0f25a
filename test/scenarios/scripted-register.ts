import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer, type TLSSocket, type TlsOptions } from 'node:tls';
import { type Act, answerText, type Exchange, type Kept } from './acts.ts';
import { acceptsAll, HeldBatches, type Judge } from './held-batches.ts';

/** What befalls a connection before any request: nothing, a reset or a silence, before or in the TLS handshake. */
export type Welcome =
  | 'serve'
  | 'reset'
  | 'resetInHandshake'
  | 'closeInHandshake'
  | 'silence'
  | 'silenceInHandshake'
  | 'refusesCertificate'
  | 'junk';

/** The acts for a batch: the first for its first request, and so on; as usual when there is none. */
type Turns = readonly (Act | undefined)[] | ((it: Exchange) => Act | undefined);
/** By place of the batch in the plan (0: parts), or for all. */
export type Acts = Readonly<Record<number, Turns>> | ((it: Exchange) => Act | undefined);

/** Everything a register does that is not as it should be. */
export type Script = {
  welcome?: (nth: number) => Welcome;
  tls?: TlsOptions;
  post?: Acts;
  /** The first question about a batch is the one before its first POST. */
  ask?: Acts;
  getLoan?: (it: Exchange) => Act | undefined;
  judge?: Judge;
  /** A loan it has already is refused, as the real register does. */
  knowsLoans?: boolean;
  /** How many questions about a batch it took are answered by `Processed`. */
  processing?: number;
};

type Options = {
  script: Script;
  keys: { ca: string; cert: string; key: string };
  now(): number;
  /** Where a batch stands in the plan, from 1; 0 when it is not in it. */
  placeOf(reference: string): number;
};

/** The TLS alert of a server that does not know who issued the client's certificate. */
const unknownAuthority = Buffer.from([0x15, 3, 3, 0, 2, 2, 48]);

/** A register that does as its script says, byte by byte, behind mutual TLS. */
export class ScriptedRegister extends HeldBatches {
  readonly #options: Options;
  readonly #server: Server;
  readonly #tls: Server;
  readonly #sockets = new Set<Socket>();
  readonly #counts = new Map<string, number>();
  /** What went wrong in the register itself: a test that meets it fails. */
  readonly faults: unknown[] = [];
  connections = 0;
  #listening = Promise.resolve();

  private constructor(options: Options) {
    super(options.script.judge ?? acceptsAll, options.script.knowsLoans ?? false);
    this.#options = options;
    this.#server = createServer((socket) => this.#welcome(socket));
    const { keys, script } = options;
    this.#tls = createTlsServer({ ...keys, requestCert: true, rejectUnauthorized: true, ...script.tls }, (socket) => {
      socket.on('error', () => {});
      this.#serve(socket).catch((error: unknown) => {
        this.faults.push(error);
        socket.destroy();
      });
    });
  }

  static async start(options: Options): Promise<ScriptedRegister> {
    const register = new ScriptedRegister(options);
    await register.setListening(true, 0);
    return register;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Begins or ceases to listen; when it ceases, open connections end too. */
  setListening(wanted: boolean, port: number): Promise<void> {
    // One after the other: several requests may ask for it at a time.
    this.#listening = this.#listening.then(async () => {
      if (wanted === this.#server.listening) return;
      if (wanted) await new Promise<void>((resolve) => this.#server.listen(port, '127.0.0.1', resolve));
      else await this.close();
    });
    return this.#listening;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    if (this.#server.listening) await new Promise((resolve) => this.#server.close(resolve));
  }

  #welcome(raw: Socket): void {
    this.#sockets.add(raw);
    raw.once('close', () => this.#sockets.delete(raw));
    raw.on('error', () => {});
    const welcome = this.#options.script.welcome?.(++this.connections) ?? 'serve';
    if (welcome === 'reset') raw.resetAndDestroy();
    else if (welcome === 'resetInHandshake') raw.once('data', () => raw.resetAndDestroy());
    else if (welcome === 'closeInHandshake') raw.once('data', () => raw.end());
    else if (welcome === 'silenceInHandshake') raw.once('data', () => {});
    else if (welcome === 'refusesCertificate') raw.once('data', () => raw.end(unknownAuthority));
    else if (welcome === 'junk') raw.end('SSH-2.0-OpenSSH_9.9\r\n');
    else if (welcome === 'serve') this.#tls.emit('connection', raw);
  }

  async #serve(socket: TLSSocket): Promise<void> {
    const chunks = socket.iterator({ destroyOnReturn: false });
    let read = Buffer.alloc(0);
    const fill = async () => {
      const next = await chunks.next().catch(() => ({ done: true, value: undefined }));
      if (next.done) return false;
      read = Buffer.concat([read, next.value as Buffer]);
      return true;
    };
    for (;;) {
      while (read.indexOf('\r\n\r\n') < 0) if (!(await fill())) return;
      const end = read.indexOf('\r\n\r\n') + 4;
      const head = readHead(read.subarray(0, end).toString('latin1'));
      const bodyRead = async (length: number) => {
        while (read.length < end + length) if (!(await fill())) return false;
        return true;
      };
      const kept = await this.#answer(socket, head, bodyRead, (length) => read.subarray(end, end + length).toString());
      if (kept === 'over') return;
      read = read.subarray(end + head.length);
    }
  }

  async #answer(
    socket: TLSSocket,
    head: Head,
    bodyRead: (length: number) => Promise<boolean>,
    body: (length: number) => string,
  ): Promise<Kept> {
    const posted = head.reference !== null;
    // A question names its batch in its body.
    if (!posted && !(await bodyRead(head.length))) return 'over';
    const reference = head.reference ?? subjectOf(body(head.length));
    const kind = posted ? 'post' : head.path;
    const it: Exchange = {
      path: head.path,
      reference,
      batch: this.#options.placeOf(reference),
      n: this.#count(`${kind} ${reference}`),
      nth: this.#count(kind),
      body: '',
      length: head.length,
      now: this.#options.now,
      socket,
      register: this,
      reset: () => this.#reset(socket),
      take: () => this.take(reference, it.body),
      asUsualText: () => this.#asUsual(it, posted),
      asUsual: () => {
        it.socket.write(this.#asUsual(it, posted));
        return 'kept';
      },
    };
    this.happenings.push({
      kind: posted ? 'posted' : head.path === 'GetLoan' ? 'askedLoan' : 'asked',
      reference,
      at: it.now(),
    });
    const act = this.#act(it, posted);
    const reads = Math.min(act?.reads ?? head.length, head.length);
    if (!(await bodyRead(reads))) return 'over';
    it.body = body(head.length);
    if (posted && reads === head.length) this.cameWhole(reference, it.body);
    this.#noteStops(it, socket, posted);
    return act ? await act.run(it) : await it.asUsual();
  }

  /** Notes what the client is told: a denial, or a stop, after which a batch may come again. */
  #noteStops(it: Exchange, socket: TLSSocket, posted: boolean): void {
    const write = socket.write.bind(socket);
    socket.write = ((data: unknown, ...rest: unknown[]) => {
      const status = /^HTTP\/1\.[01] (\d{3})/.exec(String(data))?.[1];
      if (status !== undefined) socket.write = write;
      const denied =
        it.path === 'GetBatchStatus' &&
        (status === '404' || (status === '400' && /batchreference/i.test(String(data))));
      if (denied) this.happenings.push({ kind: 'denied', reference: it.reference, at: it.now() });
      if (posted && /^(3..|401|403|404|405)$/.test(status ?? ''))
        this.happenings.push({ kind: 'stopped', reference: it.reference, at: it.now() });
      return (write as (...all: unknown[]) => boolean)(data, ...rest);
    }) as typeof socket.write;
  }

  #act(it: Exchange, posted: boolean): Act | undefined {
    const { script } = this.#options;
    if (it.path === 'GetLoan') return script.getLoan?.(it);
    const acts = posted ? script.post : script.ask;
    if (typeof acts === 'function') return acts(it);
    const turns = acts?.[it.batch];
    return typeof turns === 'function' ? turns(it) : turns?.[it.n - 1];
  }

  /** A TLS socket cannot be reset; what is beneath it can. */
  #reset({ remotePort }: TLSSocket): void {
    for (const raw of this.#sockets) if (raw.remotePort === remotePort) raw.resetAndDestroy();
  }

  #asUsual(it: Exchange, posted: boolean): string {
    if (posted) {
      this.take(it.reference, it.body);
      return answerText(202, { correlationId: `c-${it.reference}` });
    }
    if (it.path === 'GetLoan') {
      const loan = this.loans.get(it.reference);
      return loan ? answerText(200, { loan }) : answerText(404, { statusMessage: 'Failed to process the request.' });
    }
    const batch = this.held.get(it.reference);
    if (!batch) {
      const errorResponses = [{ fieldName: 'BatchReference', errorCode: 'E01', errorDescription: 'not found' }];
      return answerText(404, { statusMessage: 'Failed to process the request.', errorResponses });
    }
    batch.asked++;
    const { reports, judgement } = batch;
    if (batch.asked <= (this.#options.script.processing ?? 1)) return answerText(200, { batchStatus: 'Processed' });
    const { status: batchStatus, errors: errorResponses } = judgement;
    return answerText(200, { batchStatus, reportCount: reports.length, errorResponses });
  }

  #count(key: string): number {
    const count = (this.#counts.get(key) ?? 0) + 1;
    this.#counts.set(key, count);
    return count;
  }
}

type Head = { path: string; reference: string | null; length: number };

function readHead(text: string): Head {
  const path = /^POST \/(\w+) HTTP\/1\.1\r\n/.exec(text)?.[1] ?? '';
  const header = (name: string) => new RegExp(`^${name}: (.*)\r$`, 'im').exec(text)?.[1] ?? null;
  return { path, reference: header('batchreference'), length: Number(header('content-length') ?? 0) };
}

function subjectOf(body: string): string {
  const { batchReference, loanNumber } = JSON.parse(body) as {
    batchReference?: string;
    loanNumber?: { number: string };
  };
  return batchReference ?? loanNumber?.number ?? '';
}
