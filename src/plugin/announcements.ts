import type { PluginContext } from '@objectstack/core';
import { Pace } from '../base/pace.ts';
import type { RequestFacts } from '../http/observer.ts';
import type { ChangeOrigin, Events, KeyEvent, PolicyEvent } from '../observability/events.ts';
import { className } from '../observability/log-events.ts';
import { type Message, messageOf, policyMessage } from './messages.ts';
import { keyEventPublished, policyEventPublished, type RealtimeService } from './published-events.ts';

/** Hooks of this name are told of every event: `context.hook('api-keys:event', (event) => …)`. */
const HOOK = 'api-keys:event';

/** The channels that are used where the messaging service has them. */
const CHANNELS: ReadonlySet<string> = new Set(['inbox', 'email', 'webhook']);

/** Messages that may wait to be sent. */
const MAX_WAITING = 10_000;

/** The part of the platform's messaging service that is used. */
interface MessagingService {
  emit(message: Message & { channels: string[] }): Promise<unknown>;
  getRegisteredChannels(): string[];
}

/**
 * Tells other plugins what happened to keys, and people what others did to theirs. It is told after the
 * commit, and nobody waits for it: what fails here fails no request.
 */
export class Announcements implements Events {
  readonly #context: PluginContext;
  readonly #messages: 'all' | 'others' | 'off';
  readonly #pending = new Set<Promise<void>>();
  /** Each message takes several writes to the database. They are sent one by one, at a pace that leaves time for requests. */
  #sending: Promise<void> = Promise.resolve();
  #waiting = 0;
  #messaging: MessagingService | undefined;
  #realtime: RealtimeService | undefined;

  /** @param messages which events people get a message of; `others` is what they have not done themselves. */
  constructor(context: PluginContext, messages: 'all' | 'others' | 'off') {
    this.#context = context;
    this.#messages = messages;
  }

  /** Called once the kernel has started: sends by the messaging service from then on, and by webhooks, where they are. */
  open(): void {
    const services = this.#context.getServices();
    this.#messaging = services.get('messaging') as MessagingService | undefined;
    this.#realtime = services.get('realtime') as RealtimeService | undefined;
  }

  /** Waits for what is under way. */
  async close(): Promise<void> {
    await Promise.all(this.#pending);
  }

  changed(origin: ChangeOrigin, key: KeyEvent): void {
    this.#publish({ type: key.action, origin: plain(origin), key });
    this.#broadcast((realtime) => realtime.publish(keyEventPublished(key)));
    if (this.#messages === 'all' || key.ownerId !== undefined) this.#send(messageOf(key));
  }

  policyChanged(origin: ChangeOrigin, policy: PolicyEvent): void {
    this.#publish({ type: 'policyChanged', origin: plain(origin), policy });
    this.#broadcast((realtime) => realtime.publish(policyEventPublished(policy)));
    this.#send(policyMessage(policy));
  }

  answered(_request: RequestFacts): void {
    // Requests are no news of keys.
  }

  failed(_request: RequestFacts): void {
    // Nothing was changed.
  }

  #publish(event: object): void {
    this.#inBackground(this.#context.trigger(HOOK, event));
  }

  #broadcast(publish: (realtime: RealtimeService) => Promise<unknown>): void {
    if (this.#realtime !== undefined) this.#inBackground(publish(this.#realtime));
  }

  #send(message: Message | undefined): void {
    const messaging = this.#messaging;
    if (message === undefined || messaging === undefined || this.#messages === 'off') return;
    const channels = messaging.getRegisteredChannels().filter((channel) => CHANNELS.has(channel));
    if (channels.length === 0) return;
    if (this.#waiting >= MAX_WAITING) {
      this.#context.logger.warn('ApiKeysPlugin has too many messages to send, and dropped one', {
        topic: message.topic,
      });
      return;
    }
    this.#waiting += 1;
    this.#sending = this.#inBackground(
      this.#sending.then(async () => {
        const pace = new Pace();
        await messaging.emit({ ...message, channels });
        await pace.rest();
      }),
    ).finally(() => {
      this.#waiting -= 1;
    });
  }

  /** Settles without a failure. */
  #inBackground(work: Promise<unknown>): Promise<void> {
    const done = (async () => {
      try {
        await work;
      } catch (error) {
        this.#context.logger.warn('ApiKeysPlugin could not announce an event', { cause: className(error) });
      }
    })().finally(() => this.#pending.delete(done));
    this.#pending.add(done);
    return done;
  }
}

/** A request is more than other plugins should hold on to. */
function plain({ id, address, endpoint }: ChangeOrigin): ChangeOrigin {
  return { id, address, endpoint };
}
