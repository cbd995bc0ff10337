import { Type as T, type Static } from "@sinclair/typebox";
import { Lenient, Nullable, Words } from "./schema.ts";
import { LegacyAppPathString } from "./values.ts";

export const ActivePermissionProfile = T.Object(
  { id: T.String(), extends: Nullable(T.String()) },
  { title: "ActivePermissionProfile" },
);
export type ActivePermissionProfile = Static<typeof ActivePermissionProfile>;

export const FileSystemSpecialPath = T.Union(
  [
    T.Object({ kind: T.Literal("root") }),
    T.Object({ kind: T.Literal("minimal") }),
    T.Object({ kind: T.Literal("project_roots"), subpath: Nullable(LegacyAppPathString) }),
    T.Object({ kind: T.Literal("tmpdir") }),
    T.Object({ kind: T.Literal("slash_tmp") }),
    T.Object({ kind: T.Literal("unknown"), path: T.String(), subpath: Nullable(LegacyAppPathString) }),
  ],
  { title: "FileSystemSpecialPath" },
);
export type FileSystemSpecialPath = Static<typeof FileSystemSpecialPath>;

export const FileSystemPath = T.Union(
  [
    T.Object({ type: T.Literal("path"), path: LegacyAppPathString }),
    T.Object({ type: T.Literal("glob_pattern"), pattern: T.String() }),
    T.Object({ type: T.Literal("special"), value: FileSystemSpecialPath }),
  ],
  { title: "FileSystemPath" },
);
export type FileSystemPath = Static<typeof FileSystemPath>;

export const FileSystemAccessMode = Words(["read", "write", "deny"], { title: "FileSystemAccessMode" });
export type FileSystemAccessMode = Static<typeof FileSystemAccessMode>;

export const FileSystemSandboxEntry = T.Object(
  { path: FileSystemPath, access: FileSystemAccessMode },
  { title: "FileSystemSandboxEntry" },
);
export type FileSystemSandboxEntry = Static<typeof FileSystemSandboxEntry>;

export const AdditionalFileSystemPermissions = T.Object(
  {
    read: Nullable(T.Array(LegacyAppPathString)),
    write: Nullable(T.Array(LegacyAppPathString)),
    globScanMaxDepth: Lenient(T.Integer({ format: "uint", minimum: 1 })),
    entries: Lenient(T.Array(FileSystemSandboxEntry)),
  },
  { title: "AdditionalFileSystemPermissions" },
);
export type AdditionalFileSystemPermissions = Static<typeof AdditionalFileSystemPermissions>;

export const AdditionalNetworkPermissions = T.Object(
  { enabled: Nullable(T.Boolean()) },
  { title: "AdditionalNetworkPermissions" },
);
export type AdditionalNetworkPermissions = Static<typeof AdditionalNetworkPermissions>;

export const RequestPermissionProfile = T.Object(
  { network: Nullable(AdditionalNetworkPermissions), fileSystem: Nullable(AdditionalFileSystemPermissions) },
  { title: "RequestPermissionProfile", additionalProperties: false },
);
export type RequestPermissionProfile = Static<typeof RequestPermissionProfile>;
