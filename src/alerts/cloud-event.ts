import { CloudEvent, Kafka } from 'cloudevents';
import type { Alert, AlertValue } from './alert.ts';
import { UNRESOLVED } from './subscription.ts';

export const ALERT_EVENT_TYPE = 'kz.salmaq.signal.v1';
export const ALERT_EVENT_SOURCE = 'urn:salmaq:signals';

/** What a broker is given for one alert. */
export interface AlertMessage {
  /** The agency, so that what is told of one agency stays in order; `-` where it could not be resolved. */
  key: string;
  /** The {@link AlertValue} as JSON. */
  value: string;
  headers: Record<string, string>;
}

/**
 * An alert as a CloudEvents 1.0 message in Kafka binary mode.
 *
 * @param source the `ce_source`; with `ce_id` it is unique.
 */
export function toCloudEvent(alert: Alert, source: string = ALERT_EVENT_SOURCE): AlertMessage {
  const key = alert.value.agency ?? UNRESOLVED;
  const event = new CloudEvent<AlertValue>({
    id: alert.id,
    type: ALERT_EVENT_TYPE,
    source,
    subject: alert.value.id,
    time: new Date(alert.timeMs).toISOString(),
    datacontenttype: 'application/json',
    partitionkey: key,
    data: alert.value,
  });
  return { key, value: JSON.stringify(alert.value), headers: headersOf(Kafka.binary(event).headers) };
}

/** The binding names every attribute, set or not, and the content type twice. */
function headersOf(headers: Readonly<Record<string, unknown>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      typeof value === 'string' && name !== 'ce_datacontenttype' ? [[name, value]] : [],
    ),
  );
}
