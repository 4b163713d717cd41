import kafkajs from 'kafkajs';

/**
 * kafkajs' round-robin assigner, with a callback that is awaited before each request to join the group.
 *
 * kafkajs announces a rebalance only as it joins again, when partitions are as good as gone. But each join first asks for
 * the group's coordinator, on the cluster that an assigner is given: there it can be made to wait until the batch at work
 * is committed, which the coordinator accepts until the join.
 */
export function drainBeforeJoin(drain: () => Promise<void>): kafkajs.PartitionAssigner {
  return (config) => {
    const { cluster } = config;
    const find = cluster.findGroupCoordinator.bind(cluster);
    cluster.findGroupCoordinator = async (group) => {
      await drain();
      return find(group);
    };
    return kafkajs.PartitionAssigners.roundRobin(config);
  };
}
