/** A topic to be created. */
export interface TopicSpec {
  topic: string;
  partitions: number;
  /** Default: what the broker is set to. */
  replicationFactor?: number;
  /** Topic settings by Kafka's names, such as `{'cleanup.policy': 'compact'}`. */
  config?: Readonly<Record<string, string>>;
}

export interface InspectOptions {
  topics: readonly string[];
  groupId?: string;
}

export interface TopicInspection {
  topic: string;
  exists: boolean;
  /** 0 when it does not exist. */
  partitions: number;
  /** The largest batch of records the topic takes; `null` when unknown. */
  maxMessageBytes: number | null;
}

/** How far a consumer group is behind in one partition. */
export interface PartitionLag {
  topic: string;
  partition: number;
  /** The offset of the next record to read; `null` when the group has committed none. */
  committed: bigint | null;
  /** The offset after the newest record. */
  end: bigint;
  /** Records between; from the oldest record kept when nothing is committed. */
  lag: bigint;
}

/** What `salmaq doctor` wants to know of a broker. */
export interface BrokerInspection {
  clusterId: string;
  /** `host:port` of every node. */
  brokers: string[];
  topics: TopicInspection[];
  /** For each partition of the topics that exist; empty unless a group is given. */
  lag: PartitionLag[];
}
