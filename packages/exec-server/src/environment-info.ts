/** What a client is told of the machine that it works on. Paths are URIs. */
export type EnvironmentInfo = {
  readonly shell: { readonly name: string; readonly path: string };
  readonly executorVersion: string;
  /** The same for every session on this machine. */
  readonly providerId: string;
  readonly cwd: string;
  readonly userHomeDir: string;
  readonly platformOs: string;
  /** Folders that a client puts first on the PATH of what it starts. */
  readonly prependPathDirs: readonly string[];
  readonly temporaryDirectories: readonly string[];
  readonly tempDir: string;
  readonly capabilities: typeof capabilities;
};

/** By the names that clients of the original look for. What is false here they do without. */
export const capabilities = {
  networkProxyLaunch: false,
  networkProxyReviewDomains: false,
  credentialMasking: false,
  credentialMaskingCustomProviders: false,
  capabilityDiscoverySandbox: false,
  fsWatchMissing: true,
  capabilityDiscoveryV2: false,
  environmentConfigRead: false,
  httpHeaderEnvVars: true,
  sandboxedFileStreaming: true,
  fileWriteStreaming: true,
  shellSnapshotV2: false,
  windowsMxc: false,
  linuxRootWritePreservesDevices: false,
  linuxApprovedRootWritePreservesRestrictions: false,
  /** Not of the original: a terminal's size can be changed. */
  processResize: true,
} as const;
