import type { ClusterLink } from './copies.ts';
import { Hash64 } from './hash.ts';
import { Posts } from './posts.ts';

/** Posts in their clusters, and the links between clusters that turned out to be one. */
export class Clusters {
  readonly posts = new Posts();
  private readonly hash = new Hash64();
  private links: ClusterLink[] = [];

  takeLinks(): ClusterLink[] {
    const { links } = this;
    this.links = [];
    return links;
  }

  /** The post of a key, or -1. */
  find(key: string): number {
    const { low, high } = this.hash.ofString(key);
    return this.posts.find(low, high);
  }

  /** Adds the post of the key that {@link find} was last asked for and has not found. */
  addSought(timeMs: number): number {
    return this.posts.add(this.hash.low, this.hash.high, timeMs);
  }

  /** The post of a key that others refer to: itself when seen, otherwise expected and leader of its own cluster. */
  named(key: string, timeMs: number): number {
    const { low, high } = this.hash.ofString(key);
    const post = this.posts.find(low, high);
    if (post < 0) return this.posts.expect(low, high, timeMs, key);
    this.posts.name(post, key);
    return post;
  }

  /**
   * Brings a post into the cluster of another: a loose one is assigned to its leader, otherwise the two clusters are
   * united under the earlier leader and the link is recorded as of `timeMs`.
   */
  attach(post: number, other: number, timeMs: number): void {
    const { posts } = this;
    const to = posts.root(other);
    const from = posts.root(post);
    if (from === to) return;
    if (posts.isLoose(post)) {
      posts.follow(post, to);
      return;
    }
    const [root, under] = posts.isEarlier(from, to) ? [from, to] : [to, from];
    posts.unite(root, under);
    this.links.push({ root: posts.keyOf(root), cluster: posts.keyOf(under), linkedAtMs: timeMs });
  }
}
