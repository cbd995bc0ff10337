/**
 * Our release. It is numbered after the release of the original whose formats we speak, because clients, rollout readers
 * and the service choose features by it.
 */
export const version = "0.169.0";
