// Made by scripts/atlas-types.mjs; not to be edited.
export type $Read<T> = {
    readonly $read: T;
};
export type $Write<T> = {
    readonly $write: T;
};
export type Readable<T> = T extends $Write<any> ? never : T extends $Read<infer U> ? Readable<U> : T extends (infer E)[] ? Readable<E>[] : T extends object ? {
    [K in keyof T as NonNullable<T[K]> extends $Write<any> ? never : K]: Readable<T[K]>;
} : T;
export type Writable<T> = T extends $Read<any> ? never : T extends $Write<infer U> ? Writable<U> : T extends (infer E)[] ? Writable<E>[] : T extends object ? {
    [K in keyof T as NonNullable<T[K]> extends $Read<any> ? never : K]: Writable<T[K]>;
} & {
    [K in keyof T as NonNullable<T[K]> extends $Read<any> ? K : never]?: never;
} : T;
export interface paths {
    "/api/atlas/v2/groups": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return All Projects */
        get: operations["listGroups"];
        put?: never;
        /** Create One Project */
        post: operations["createGroup"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/atlas/v2/groups/{groupId}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return One Project */
        get: operations["getGroup"];
        put?: never;
        post?: never;
        /** Remove One Project */
        delete: operations["deleteGroup"];
        options?: never;
        head?: never;
        /** Update One Project */
        patch: operations["updateGroup"];
        trace?: never;
    };
    "/api/atlas/v2/groups/{groupId}/clusters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return All Clusters in One Project */
        get: operations["listGroupClusters"];
        put?: never;
        /** Create One Cluster in One Project */
        post: operations["createGroupCluster"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/atlas/v2/groups/{groupId}/clusters/{clusterName}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return One Cluster from One Project */
        get: operations["getGroupCluster"];
        put?: never;
        post?: never;
        /** Remove One Cluster from One Project */
        delete: operations["deleteGroupCluster"];
        options?: never;
        head?: never;
        /** Update One Cluster in One Project */
        patch: operations["updateGroupCluster"];
        trace?: never;
    };
    "/api/atlas/v2/groups/{groupId}/clusters/{clusterName}/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return Status of All Cluster Operations */
        get: operations["getGroupClusterStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/atlas/v2/groups/{groupId}/clusters/{clusterName}/backup/snapshots": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return All Replica Set Cloud Backups */
        get: operations["listGroupClusterBackupSnapshots"];
        put?: never;
        /** Take One On-Demand Snapshot */
        post: operations["takeGroupClusterBackupSnapshots"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/atlas/v2/groups/{groupId}/flexClusters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return All Flex Clusters from One Project */
        get: operations["listGroupFlexClusters"];
        put?: never;
        /** Create One Flex Cluster in One Project */
        post: operations["createGroupFlexCluster"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/atlas/v2/groups/{groupId}/flexClusters/{name}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return One Flex Cluster from One Project */
        get: operations["getGroupFlexCluster"];
        put?: never;
        post?: never;
        /** Remove One Flex Cluster from One Project */
        delete: operations["deleteGroupFlexCluster"];
        options?: never;
        head?: never;
        /** Update One Flex Cluster in One Project */
        patch: operations["updateGroupFlexCluster"];
        trace?: never;
    };
    "/api/atlas/v2/groups/{groupId}/databaseUsers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return All Database Users in One Project */
        get: operations["listGroupDatabaseUsers"];
        put?: never;
        /** Create One Database User in One Project */
        post: operations["createGroupDatabaseUser"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/atlas/v2/groups/{groupId}/databaseUsers/{databaseName}/{username}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return One Database User from One Project */
        get: operations["getGroupDatabaseUser"];
        put?: never;
        post?: never;
        /** Remove One Database User from One Project */
        delete: operations["deleteGroupDatabaseUser"];
        options?: never;
        head?: never;
        /** Update One Database User in One Project */
        patch: operations["updateGroupDatabaseUser"];
        trace?: never;
    };
    "/api/atlas/v2/groups/{groupId}/accessList": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return All Project IP Access List Entries */
        get: operations["listGroupAccessListEntries"];
        put?: never;
        /** Add Entries to Project IP Access List */
        post: operations["createGroupAccessListEntry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/atlas/v2/groups/{groupId}/accessList/{entryValue}/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Return Status of One Project IP Access List Entry */
        get: operations["getGroupAccessListStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        PaginatedAtlasGroupView: {
            links?: $Read<components["schemas"]["Link"][]>;
            results: $Read<components["schemas"]["Group"][]>;
            /** Format: int32 */
            totalCount?: $Read<number>;
        };
        Group: {
            /** Format: int64 */
            clusterCount: $Read<number>;
            /** Format: date-time */
            created: $Read<string>;
            id?: $Read<string>;
            links?: $Read<components["schemas"]["Link"][]>;
            name: string;
            orgId: string;
            /**
             * @default COMMERCIAL_FEDRAMP_REGIONS_ONLY
             * @enum {string}
             */
            regionUsageRestrictions?: "COMMERCIAL_FEDRAMP_REGIONS_ONLY" | "GOV_REGIONS_ONLY";
            tags?: components["schemas"]["ResourceTag"][];
            /** @default true */
            withDefaultAlertsSettings?: boolean;
        };
        GroupUpdate: {
            name?: string;
            tags?: components["schemas"]["ResourceTag"][];
            withDefaultAlertsSettings?: boolean;
        };
        PaginatedClusterDescription20240805: {
            links?: $Read<components["schemas"]["Link"][]>;
            results: $Read<components["schemas"]["ClusterDescription20240805"][]>;
            /** Format: int32 */
            totalCount?: $Read<number>;
        };
        ClusterDescription20240805: {
            /** Format: date-time */
            acceptDataRisksAndForceReplicaSetReconfig?: string;
            /** @enum {string|null} */
            adaptiveCapacity?: "ENABLED" | "DISABLED" | null;
            advancedConfiguration?: components["schemas"]["ApiAtlasClusterAdvancedConfigurationView"];
            /** @default false */
            backupEnabled?: boolean;
            biConnector?: components["schemas"]["BiConnector"];
            /** @enum {string} */
            clusterType?: "REPLICASET" | "SHARDED" | "GEOSHARDED";
            /**
             * @default ATLAS_MANAGED
             * @enum {string}
             */
            configServerManagementMode?: "ATLAS_MANAGED" | "FIXED_TO_DEDICATED";
            /** @enum {string} */
            configServerType?: $Read<"DEDICATED" | "EMBEDDED">;
            connectionStrings?: components["schemas"]["ClusterConnectionStrings"];
            /** Format: date-time */
            createDate?: $Read<string>;
            /**
             * @default FULLY_WARMED
             * @enum {string}
             */
            diskWarmingMode?: "FULLY_WARMED" | "VISIBLE_EARLIER" | "ENHANCED_FULLY_WARMED";
            effectiveReplicationSpecs?: $Read<components["schemas"]["ReplicationSpec20240805"][]>;
            /** @enum {string} */
            encryptionAtRestProvider?: "NONE" | "AWS" | "AZURE" | "GCP";
            featureCompatibilityVersion?: $Read<string>;
            /** Format: date-time */
            featureCompatibilityVersionExpirationDate?: $Read<string>;
            globalClusterSelfManagedSharding?: boolean;
            groupId?: $Read<string>;
            id?: $Read<string>;
            /** @enum {string} */
            internalClusterRole?: $Read<"NONE" | "SYSTEM_CLUSTER" | "INTERNAL_SHADOW_CLUSTER">;
            links?: $Read<components["schemas"]["Link"][]>;
            mongoDBEmployeeAccessGrant?: components["schemas"]["EmployeeAccessGrantView"];
            mongoDBMajorVersion?: string;
            mongoDBVersion?: $Read<string>;
            name?: string;
            paused?: boolean;
            pitEnabled?: boolean;
            redactClientLogData?: boolean;
            /**
             * @default WORKLOAD_TYPE
             * @enum {string}
             */
            replicaSetScalingStrategy?: "SEQUENTIAL" | "WORKLOAD_TYPE" | "NODE_TYPE";
            replicationSpecs?: components["schemas"]["ReplicationSpec20240805"][];
            /** @default false */
            retainBackups?: boolean;
            /**
             * @default ISRGROOTX1
             * @enum {string}
             */
            rootCertType?: "ISRGROOTX1";
            /** @enum {string} */
            stateName?: $Read<"IDLE" | "CREATING" | "UPDATING" | "DELETING" | "REPAIRING">;
            tags?: components["schemas"]["ResourceTag"][];
            /** @default false */
            terminationProtectionEnabled?: boolean;
            /** @default false */
            useAwsTimeBasedSnapshotCopyForFastInitialSync?: boolean;
            /**
             * @default LTS
             * @enum {string}
             */
            versionReleaseSystem?: "LTS" | "CONTINUOUS";
        };
        ClusterStatus: {
            /** @enum {string} */
            changeStatus?: "PENDING" | "APPLIED";
            links?: $Read<components["schemas"]["Link"][]>;
        };
        PaginatedFlexClusters20241113: {
            links?: $Read<components["schemas"]["Link"][]>;
            results: $Read<components["schemas"]["FlexClusterDescription20241113"][]>;
            /** Format: int32 */
            totalCount?: $Read<number>;
        };
        /** Flex Cluster Description Create */
        FlexClusterDescriptionCreate20241113: {
            links?: $Read<components["schemas"]["Link"][]>;
            name: $Write<string>;
            providerSettings: components["schemas"]["FlexProviderSettingsCreate20241113"];
            tags?: components["schemas"]["ResourceTag"][];
            /** @default false */
            terminationProtectionEnabled?: boolean;
        };
        /** Flex Cluster Description */
        FlexClusterDescription20241113: {
            backupSettings?: components["schemas"]["FlexBackupSettings20241113"];
            /**
             * @default REPLICASET
             * @enum {string}
             */
            clusterType?: $Read<"REPLICASET">;
            connectionStrings?: components["schemas"]["FlexConnectionStrings20241113"];
            /** Format: date-time */
            createDate?: $Read<string>;
            groupId?: $Read<string>;
            id?: $Read<string>;
            links?: $Read<components["schemas"]["Link"][]>;
            mongoDBVersion?: $Read<string>;
            name?: $Read<string>;
            providerSettings: components["schemas"]["FlexProviderSettings20241113"];
            /** @enum {string} */
            stateName?: $Read<"IDLE" | "CREATING" | "UPDATING" | "DELETING" | "REPAIRING">;
            tags?: components["schemas"]["ResourceTag"][];
            /** @default false */
            terminationProtectionEnabled?: boolean;
            /**
             * @default LTS
             * @enum {string}
             */
            versionReleaseSystem?: $Read<"LTS">;
        };
        /** Flex Cluster Description Update */
        FlexClusterDescriptionUpdate20241113: {
            links?: $Read<components["schemas"]["Link"][]>;
            tags?: components["schemas"]["ResourceTag"][];
            /** @default false */
            terminationProtectionEnabled?: boolean;
        };
        /** Tenant Cluster Upgrade Request */
        AtlasTenantClusterUpgradeRequest20240805: {
            /** Format: date-time */
            acceptDataRisksAndForceReplicaSetReconfig?: string;
            /** @enum {string|null} */
            adaptiveCapacity?: "ENABLED" | "DISABLED" | null;
            advancedConfiguration?: components["schemas"]["ApiAtlasClusterAdvancedConfigurationView"];
            /** @default false */
            backupEnabled?: boolean;
            biConnector?: components["schemas"]["BiConnector"];
            /** @enum {string} */
            clusterType?: "REPLICASET" | "SHARDED" | "GEOSHARDED";
            /**
             * @default ATLAS_MANAGED
             * @enum {string}
             */
            configServerManagementMode?: "ATLAS_MANAGED" | "FIXED_TO_DEDICATED";
            /** @enum {string} */
            configServerType?: $Read<"DEDICATED" | "EMBEDDED">;
            connectionStrings?: components["schemas"]["ClusterConnectionStrings"];
            /** Format: date-time */
            createDate?: $Read<string>;
            /**
             * @default FULLY_WARMED
             * @enum {string}
             */
            diskWarmingMode?: "FULLY_WARMED" | "VISIBLE_EARLIER" | "ENHANCED_FULLY_WARMED";
            effectiveReplicationSpecs?: $Read<components["schemas"]["ReplicationSpec20240805"][]>;
            /** @enum {string} */
            encryptionAtRestProvider?: "NONE" | "AWS" | "AZURE" | "GCP";
            featureCompatibilityVersion?: $Read<string>;
            /** Format: date-time */
            featureCompatibilityVersionExpirationDate?: $Read<string>;
            globalClusterSelfManagedSharding?: boolean;
            groupId?: $Read<string>;
            id?: $Read<string>;
            /** @enum {string} */
            internalClusterRole?: $Read<"NONE" | "SYSTEM_CLUSTER" | "INTERNAL_SHADOW_CLUSTER">;
            links?: $Read<components["schemas"]["Link"][]>;
            mongoDBEmployeeAccessGrant?: components["schemas"]["EmployeeAccessGrantView"];
            mongoDBMajorVersion?: string;
            mongoDBVersion?: $Read<string>;
            name: string;
            paused?: boolean;
            pitEnabled?: boolean;
            redactClientLogData?: boolean;
            /**
             * @default WORKLOAD_TYPE
             * @enum {string}
             */
            replicaSetScalingStrategy?: "SEQUENTIAL" | "WORKLOAD_TYPE" | "NODE_TYPE";
            replicationSpecs?: components["schemas"]["ReplicationSpec20240805"][];
            /** @default false */
            retainBackups?: boolean;
            /**
             * @default ISRGROOTX1
             * @enum {string}
             */
            rootCertType?: "ISRGROOTX1";
            /** @enum {string} */
            stateName?: $Read<"IDLE" | "CREATING" | "UPDATING" | "DELETING" | "REPAIRING">;
            tags?: components["schemas"]["ResourceTag"][];
            /** @default false */
            terminationProtectionEnabled?: boolean;
            /** @default false */
            useAwsTimeBasedSnapshotCopyForFastInitialSync?: boolean;
            /**
             * @default LTS
             * @enum {string}
             */
            versionReleaseSystem?: "LTS" | "CONTINUOUS";
        };
        PaginatedApiAtlasFlexBackupSnapshot20241113View: {
            links?: $Read<components["schemas"]["Link"][]>;
            results: $Read<components["schemas"]["FlexBackupSnapshot20241113"][]>;
            /** Format: int32 */
            totalCount?: $Read<number>;
        };
        PaginatedApiAtlasFlexBackupRestoreJob20241113View: {
            links?: $Read<components["schemas"]["Link"][]>;
            results: $Read<components["schemas"]["FlexBackupRestoreJob20241113"][]>;
            /** Format: int32 */
            totalCount?: $Read<number>;
        };
        /** Create Flex Backup Restore Job */
        FlexBackupRestoreJobCreate20241113: {
            /** @enum {string} */
            deliveryType?: $Read<"RESTORE" | "DOWNLOAD">;
            /** Format: date-time */
            expirationDate?: $Read<string>;
            id?: $Read<string>;
            instanceName?: $Read<string>;
            links?: $Read<components["schemas"]["Link"][]>;
            projectId?: $Read<string>;
            /** Format: date-time */
            restoreFinishedDate?: $Read<string>;
            /** Format: date-time */
            restoreScheduledDate?: $Read<string>;
            /** Format: date-time */
            snapshotFinishedDate?: $Read<string>;
            snapshotId: $Write<string>;
            snapshotUrl?: $Read<string>;
            /** @enum {string} */
            status?: $Read<"PENDING" | "QUEUED" | "RUNNING" | "FAILED" | "COMPLETED">;
            targetDeploymentItemName: $Write<string>;
            targetProjectId?: $Write<string>;
        };
        /** Flex Backup Restore Job */
        FlexBackupRestoreJob20241113: {
            /** @enum {string} */
            deliveryType?: $Read<"RESTORE" | "DOWNLOAD">;
            /** Format: date-time */
            expirationDate?: $Read<string>;
            id?: $Read<string>;
            instanceName?: $Read<string>;
            links?: $Read<components["schemas"]["Link"][]>;
            projectId?: $Read<string>;
            /** Format: date-time */
            restoreFinishedDate?: $Read<string>;
            /** Format: date-time */
            restoreScheduledDate?: $Read<string>;
            /** Format: date-time */
            snapshotFinishedDate?: $Read<string>;
            snapshotId?: $Read<string>;
            snapshotUrl?: $Read<string>;
            /** @enum {string} */
            status?: $Read<"PENDING" | "QUEUED" | "RUNNING" | "FAILED" | "COMPLETED">;
            targetDeploymentItemName?: $Read<string>;
            targetProjectId?: $Read<string>;
        };
        /** Flex Backup Snapshot Download Create */
        FlexBackupSnapshotDownloadCreate20241113: {
            links?: $Read<components["schemas"]["Link"][]>;
            snapshotId: $Write<string>;
        };
        PaginatedApiAtlasDatabaseUserView: {
            links?: $Read<components["schemas"]["Link"][]>;
            results: $Read<components["schemas"]["CloudDatabaseUser"][]>;
            /** Format: int32 */
            totalCount?: $Read<number>;
        };
        CloudDatabaseUser: {
            /**
             * @default NONE
             * @enum {string}
             */
            awsIAMType?: "NONE" | "USER" | "ROLE";
            /**
             * @default admin
             * @enum {string}
             */
            databaseName: "admin" | "$external";
            /** Format: date-time */
            deleteAfterDate?: string;
            description?: string;
            groupId: $Write<string>;
            labels?: components["schemas"]["ComponentLabel"][];
            /**
             * @default NONE
             * @enum {string}
             */
            ldapAuthType?: "NONE" | "GROUP" | "USER";
            links?: $Read<components["schemas"]["Link"][]>;
            /**
             * @default NONE
             * @enum {string}
             */
            oidcAuthType?: "NONE" | "IDP_GROUP" | "USER";
            password?: $Write<string>;
            roles: components["schemas"]["DatabaseUserRole"][];
            scopes?: components["schemas"]["UserScope"][];
            username: string;
            /**
             * @default NONE
             * @enum {string}
             */
            x509Type?: "NONE" | "CUSTOMER" | "MANAGED";
        };
        PaginatedNetworkAccessView: {
            links?: $Read<components["schemas"]["Link"][]>;
            results: $Read<components["schemas"]["NetworkPermissionEntry"][]>;
            /** Format: int32 */
            totalCount?: $Read<number>;
        };
        NetworkPermissionEntry: {
            awsSecurityGroup?: string;
            cidrBlock?: string;
            comment?: string;
            /** Format: date-time */
            deleteAfterDate?: string;
            groupId?: $Read<string>;
            ipAddress?: string;
            links?: $Read<components["schemas"]["Link"][]>;
        };
        NetworkPermissionEntryStatus: {
            /** @enum {string} */
            STATUS: $Read<"PENDING" | "FAILED" | "ACTIVE">;
        };
        PaginatedCloudBackupReplicaSetView: {
            links?: $Read<components["schemas"]["Link"][]>;
            results: $Read<components["schemas"]["DiskBackupReplicaSet"][]>;
            /** Format: int32 */
            totalCount?: $Read<number>;
        };
        DiskBackupOnDemandSnapshotRequest: {
            description?: string;
            links?: $Read<components["schemas"]["Link"][]>;
            /** Format: int32 */
            retentionInDays?: number;
        };
        DiskBackupSnapshot: {
            /** Format: date-time */
            createdAt?: $Read<string>;
            description?: $Read<string>;
            /** Format: date-time */
            expiresAt?: $Read<string>;
            /** @enum {string} */
            frequencyType?: $Read<"hourly" | "daily" | "weekly" | "monthly" | "yearly">;
            id?: $Read<string>;
            links?: $Read<components["schemas"]["Link"][]>;
            /** Format: uuid */
            masterKeyUUID?: $Read<string>;
            mongodVersion?: $Read<string>;
            policyItems?: $Read<string[]>;
            /** @enum {string} */
            snapshotType?: $Read<"onDemand" | "scheduled" | "fallback">;
            /** @enum {string} */
            status?: $Read<"queued" | "inProgress" | "completed" | "failed">;
            /** Format: int64 */
            storageSizeBytes?: $Read<number>;
            /** @enum {string} */
            type?: $Read<"replicaSet" | "shardedCluster">;
        };
        /** Replica Set Snapshot */
        DiskBackupReplicaSet: {
            /** @enum {string} */
            cloudProvider?: $Read<"AWS" | "AZURE" | "GCP">;
            copyRegions?: $Read<string[]>;
            /** Format: date-time */
            createdAt?: $Read<string>;
            description?: $Read<string>;
            /** Format: date-time */
            expiresAt?: $Read<string>;
            /** @enum {string} */
            frequencyType?: $Read<"hourly" | "daily" | "weekly" | "monthly" | "yearly">;
            id?: $Read<string>;
            links?: $Read<components["schemas"]["Link"][]>;
            /** Format: uuid */
            masterKeyUUID?: $Read<string>;
            mongodVersion?: $Read<string>;
            policyItems?: $Read<string[]>;
            replicaSetName?: $Read<string>;
            /** @enum {string} */
            snapshotType?: $Read<"onDemand" | "scheduled" | "fallback">;
            /** @enum {string} */
            status?: $Read<"queued" | "inProgress" | "completed" | "failed">;
            /** Format: int64 */
            storageSizeBytes?: $Read<number>;
            /** @enum {string} */
            type?: $Read<"replicaSet" | "shardedCluster">;
        };
        PaginatedCloudBackupRestoreJobView: {
            links?: $Read<components["schemas"]["Link"][]>;
            results: $Read<components["schemas"]["DiskBackupSnapshotRestoreJob"][]>;
            /** Format: int32 */
            totalCount?: $Read<number>;
        };
        DiskBackupSnapshotRestoreJob: {
            cancelled?: $Read<boolean>;
            components?: $Read<components["schemas"]["DiskBackupRestoreMember"][]>;
            /** @enum {string} */
            deliveryType: "automated" | "download" | "pointInTime";
            deliveryUrl?: $Read<string[]>;
            desiredTimestamp?: components["schemas"]["ApiBSONTimestampView"];
            expired?: $Read<boolean>;
            /** Format: date-time */
            expiresAt?: $Read<string>;
            failed?: $Read<boolean>;
            /** Format: date-time */
            finishedAt?: $Read<string>;
            id?: $Read<string>;
            links?: $Read<components["schemas"]["Link"][]>;
            /** Format: int32 */
            oplogInc?: number;
            /** Format: int32 */
            oplogTs?: number;
            /** Format: int32 */
            pointInTimeUTCSeconds?: number;
            privateDownloadDeliveryUrls?: $Read<components["schemas"]["ApiPrivateDownloadDeliveryUrl"][]>;
            snapshotId?: string;
            targetClusterName?: string;
            targetGroupId?: string;
            /** Format: date-time */
            timestamp?: $Read<string>;
        };
        DiskBackupSnapshotSchedule20240805: {
            autoCopySettingsEnabled?: boolean;
            autoExportEnabled?: boolean;
            clusterId?: $Read<string>;
            clusterName?: $Read<string>;
            copyPolicyItemsEnabled?: boolean;
            copySettings?: components["schemas"]["DiskBackupCopySetting20240805"][];
            deleteCopiedBackups?: $Write<components["schemas"]["DeleteCopiedBackups20240805"][]>;
            deleteCopySnapshots?: $Write<boolean>;
            deleteSnapshots?: $Write<boolean>;
            export?: components["schemas"]["AutoExportPolicyView"];
            extraRetentionSettings?: components["schemas"]["ExtraRetentionSetting"][];
            links?: $Read<components["schemas"]["Link"][]>;
            /** Format: date-time */
            nextSnapshot?: $Read<string>;
            policies: components["schemas"]["AdvancedDiskBackupSnapshotSchedulePolicy"][];
            /** Format: int32 */
            referenceHourOfDay?: number;
            /** Format: int32 */
            referenceMinuteOfHour?: number;
            /** Format: int32 */
            restoreWindowDays?: number;
            updateCopySnapshots?: $Write<boolean>;
            updateSnapshots?: $Write<boolean>;
            useOrgAndGroupNamesInExportPrefix?: boolean;
        };
        PaginatedHostView_Atlas: {
            links?: $Read<components["schemas"]["Link_Atlas"][]>;
            results: $Read<components["schemas"]["ApiHostView_Atlas"][]>;
            /** Format: int32 */
            totalCount?: $Read<number>;
        };
        ApiMeasurementsGeneralView_Atlas: {
            databaseName?: $Read<string>;
            /** Format: date-time */
            end?: $Read<string>;
            /** @enum {string} */
            granularity?: $Read<"PT1M" | "PT5M" | "PT1H" | "P1D">;
            groupId?: $Read<string>;
            hostId?: $Read<string>;
            links?: $Read<components["schemas"]["Link_Atlas"][]>;
            measurements?: $Read<components["schemas"]["MetricsMeasurement_Atlas"][]>;
            partitionName?: $Read<string>;
            processId?: $Read<string>;
            /** Format: date-time */
            start?: $Read<string>;
        };
        PaginatedDatabaseView: {
            links?: $Read<components["schemas"]["Link"][]>;
            results: $Read<components["schemas"]["MesurementsDatabase"][]>;
            /** Format: int32 */
            totalCount?: $Read<number>;
        };
        PaginatedApiInvoiceMetadataView: {
            links?: $Read<components["schemas"]["Link"][]>;
            results: $Read<components["schemas"]["BillingInvoiceMetadata"][]>;
            /** Format: int32 */
            totalCount?: $Read<number>;
        };
        PaginatedApiInvoiceView: {
            links?: $Read<components["schemas"]["Link"][]>;
            results: $Read<components["schemas"]["BillingInvoice"][]>;
            /** Format: int32 */
            totalCount?: $Read<number>;
        };
        BillingInvoice: {
            /** Format: int64 */
            amountBilledCents?: $Read<number>;
            /** Format: int64 */
            amountPaidCents?: $Read<number>;
            /** Format: date-time */
            created?: $Read<string>;
            /** Format: int64 */
            creditsCents?: $Read<number>;
            /** Format: date-time */
            endDate?: $Read<string>;
            id?: $Read<string>;
            lineItems?: $Read<components["schemas"]["InvoiceLineItem"][]>;
            linkedInvoices?: $Read<components["schemas"]["BillingInvoice"][]>;
            links?: $Read<components["schemas"]["Link"][]>;
            orgId?: $Read<string>;
            payments?: $Read<components["schemas"]["BillingPayment"][]>;
            refunds?: $Read<components["schemas"]["BillingRefund"][]>;
            /** Format: int64 */
            salesTaxCents?: $Read<number>;
            /** Format: date-time */
            startDate?: $Read<string>;
            /** Format: int64 */
            startingBalanceCents?: $Read<number>;
            /** @enum {string} */
            statusName?: "PENDING" | "CLOSED" | "FORGIVEN" | "FAILED" | "PAID" | "FREE" | "PREPAID" | "INVOICED";
            /** Format: int64 */
            subtotalCents?: $Read<number>;
            /** Format: date-time */
            updated?: $Read<string>;
        };
        /** Limits */
        DataFederationLimit: {
            /** Format: int64 */
            currentUsage?: $Read<number>;
            /** Format: int64 */
            defaultLimit?: $Read<number>;
            /** Format: int64 */
            maximumLimit?: $Read<number>;
            name: $Read<string>;
            /** Format: int64 */
            value: number;
        };
        CloudProviderEndpointServiceRequest: {
            /** @default false */
            portMappingEnabled?: $Write<boolean>;
            /** @enum {string} */
            providerName: $Write<"AWS" | "AZURE" | "GCP">;
            region: $Write<string>;
            supportedRemoteRegions?: $Write<string[] | null>;
        };
        EndpointService: {
            /** @enum {string} */
            cloudProvider: $Read<"AWS" | "AZURE" | "GCP">;
            errorMessage?: $Read<string>;
            id?: $Read<string>;
            regionName?: $Read<string>;
            /** @enum {string} */
            status?: $Read<"INITIATING" | "AVAILABLE" | "WAITING_FOR_USER" | "FAILED" | "DELETING">;
        };
        PaginatedRateLimitEndpointSets: {
            links?: $Read<components["schemas"]["Link"][]>;
            results: $Read<components["schemas"]["RateLimitEndpointSetResponse"][]>;
            /** Format: int32 */
            totalCount?: $Read<number>;
        };
        PaginatedApiAtlasProviderRegionsView: {
            links?: $Read<components["schemas"]["Link"][]>;
            results: $Read<components["schemas"]["CloudProviderRegions"][]>;
            /** Format: int32 */
            totalCount?: $Read<number>;
        };
        Link: {
            href?: string;
            rel?: string;
        };
        ApiError: {
            badRequestDetail?: components["schemas"]["BadRequestDetail"];
            detail?: string | null;
            /** Format: int32 */
            error: $Read<number>;
            errorCode: $Read<string>;
            parameters?: $Read<Record<string, never>[]>;
            reason?: $Read<string | null>;
        };
        /** Resource Tag */
        ResourceTag: {
            key: string;
            value: string;
        };
        ApiAtlasClusterAdvancedConfigurationView: {
            customOpensslCipherConfigTls12?: ("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384" | "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256")[];
            customOpensslCipherConfigTls13?: ("TLS_AES_256_GCM_SHA384" | "TLS_CHACHA20_POLY1305_SHA256" | "TLS_AES_128_GCM_SHA256" | "TLS_AES_128_CCM_SHA256")[];
            /** @enum {string} */
            minimumEnabledTlsProtocol?: "TLS1_0" | "TLS1_1" | "TLS1_2" | "TLS1_3";
            /** @enum {string} */
            tlsCipherConfigMode?: "CUSTOM" | "DEFAULT";
        };
        /** MongoDB Connector for Business Intelligence Settings */
        BiConnector: {
            enabled?: boolean;
            /** @enum {string} */
            readPreference?: "PRIMARY" | "SECONDARY" | "ANALYTICS";
        };
        /** Cluster Connection Strings */
        ClusterConnectionStrings: {
            awsPrivateLink?: $Read<{
                [key: string]: string;
            }>;
            awsPrivateLinkSrv?: $Read<{
                [key: string]: string;
            }>;
            private?: $Read<string>;
            privateEndpoint?: $Read<components["schemas"]["ClusterDescriptionConnectionStringsPrivateEndpoint"][]>;
            privateSrv?: $Read<string>;
            standard?: $Read<string>;
            standardSrv?: $Read<string>;
        };
        /** Replication Specifications */
        ReplicationSpec20240805: {
            id?: $Read<string>;
            regionConfigs?: components["schemas"]["CloudRegionConfig20240805"][];
            zoneId?: $Read<string>;
            zoneName?: string;
        };
        /** Component Label */
        ComponentLabel: {
            key?: string;
            value?: string;
        };
        EmployeeAccessGrantView: {
            /** Format: date-time */
            expirationTime: string;
            /** @enum {string} */
            grantType: "CLUSTER_DATABASE_LOGS" | "CLUSTER_INFRASTRUCTURE" | "CLUSTER_INFRASTRUCTURE_AND_APP_SERVICES_SYNC_DATA";
            links?: $Read<components["schemas"]["Link"][]>;
        };
        /** Cloud Service Provider Settings for a Flex Cluster */
        FlexProviderSettingsCreate20241113: {
            /** @enum {string} */
            backingProviderName: $Write<"AWS" | "AZURE" | "GCP">;
            /** Format: double */
            diskSizeGB?: $Read<number>;
            /**
             * @default FLEX
             * @enum {string}
             */
            providerName?: $Read<"FLEX">;
            regionName: $Write<string>;
        };
        /** Flex Backup Configuration */
        FlexBackupSettings20241113: {
            /** @default true */
            enabled?: $Read<boolean>;
        };
        /** Flex Cluster Connection Strings */
        FlexConnectionStrings20241113: {
            standard?: $Read<string>;
            standardSrv?: $Read<string>;
        };
        /** Cloud Service Provider Settings for a Flex Cluster */
        FlexProviderSettings20241113: {
            /** @enum {string} */
            backingProviderName?: $Read<"AWS" | "AZURE" | "GCP">;
            /** Format: double */
            diskSizeGB?: $Read<number>;
            /**
             * @default FLEX
             * @enum {string}
             */
            providerName?: $Read<"FLEX">;
            regionName?: $Read<string>;
        };
        /** Flex Backup Snapshot */
        FlexBackupSnapshot20241113: {
            /** Format: date-time */
            expiration?: $Read<string>;
            /** Format: date-time */
            finishTime?: $Read<string>;
            id?: $Read<string>;
            links?: $Read<components["schemas"]["Link"][]>;
            mongoDBVersion?: $Read<string>;
            /** Format: date-time */
            scheduledTime?: $Read<string>;
            /** Format: date-time */
            startTime?: $Read<string>;
            /** @enum {string} */
            status?: $Read<"PENDING" | "QUEUED" | "RUNNING" | "FAILED" | "COMPLETED">;
        };
        /** Database User Role */
        DatabaseUserRole: {
            collectionName?: string;
            databaseName: string;
            /** @enum {string} */
            roleName: "atlasAdmin" | "backup" | "clusterMonitor" | "dbAdmin" | "dbAdminAnyDatabase" | "enableSharding" | "read" | "readAnyDatabase" | "readWrite" | "readWriteAnyDatabase" | "<a custom role name>";
        };
        /** Database User Scope */
        UserScope: {
            name: string;
            /** @enum {string} */
            type: "CLUSTER" | "DATA_LAKE" | "STREAM";
        };
        /** Sharded Cluster Snapshot */
        DiskBackupShardedClusterSnapshot: {
            /** @enum {string} */
            configServerType?: $Read<"EMBEDDED" | "DEDICATED">;
            /** Format: date-time */
            createdAt?: $Read<string>;
            description?: $Read<string>;
            /** Format: date-time */
            expiresAt?: $Read<string>;
            /** @enum {string} */
            frequencyType?: $Read<"hourly" | "daily" | "weekly" | "monthly" | "yearly">;
            id?: $Read<string>;
            links?: $Read<components["schemas"]["Link"][]>;
            /** Format: uuid */
            masterKeyUUID?: $Read<string>;
            members?: $Read<components["schemas"]["DiskBackupShardedClusterSnapshotMember"][]>;
            mongodVersion?: $Read<string>;
            policyItems?: $Read<string[]>;
            snapshotIds?: $Read<string[]>;
            /** @enum {string} */
            snapshotType?: $Read<"onDemand" | "scheduled" | "fallback">;
            /** @enum {string} */
            status?: $Read<"queued" | "inProgress" | "completed" | "failed">;
            /** Format: int64 */
            storageSizeBytes?: $Read<number>;
            /** @enum {string} */
            type?: $Read<"replicaSet" | "shardedCluster">;
        };
        DiskBackupRestoreMember: {
            downloadUrl?: $Read<string>;
            privateDownloadDeliveryUrls?: $Read<components["schemas"]["ApiPrivateDownloadDeliveryUrl"][]>;
            replicaSetName?: $Read<string>;
        };
        /** BSON Timestamp */
        ApiBSONTimestampView: {
            /** Format: date-time */
            date?: $Read<string>;
            /** Format: int32 */
            increment?: $Read<number>;
        };
        ApiPrivateDownloadDeliveryUrl: {
            deliveryUrl?: string;
            endpointId?: string;
        };
        DiskBackupCopySetting20240805: {
            /** @enum {string} */
            cloudProvider?: "AWS" | "AZURE" | "GCP";
            copyPolicyItems?: components["schemas"]["DiskBackupCopyPolicyItem"][];
            /** Format: int32 */
            lastNumberOfSnapshots?: number;
            regionName?: string;
            shouldCopyOplogs?: boolean;
            zoneId: string;
        };
        DeleteCopiedBackups20240805: {
            /** @enum {string} */
            cloudProvider?: $Write<"AWS" | "AZURE" | "GCP">;
            regionName?: $Write<string>;
            zoneId?: $Write<string>;
        };
        /** export */
        AutoExportPolicyView: {
            exportBucketId?: string;
            /** @enum {string} */
            frequencyType?: "monthly" | "yearly";
        };
        ExtraRetentionSetting: {
            /** @enum {string} */
            frequencyType?: "HOURLY" | "DAILY" | "WEEKLY" | "MONTHLY" | "YEARLY" | "ON_DEMAND";
            /** Format: int32 */
            retentionDays?: number;
        };
        AdvancedDiskBackupSnapshotSchedulePolicy: {
            id?: string;
            policyItems: components["schemas"]["DiskBackupApiPolicyItem"][];
        };
        Link_Atlas: {
            href?: string;
            rel?: string;
        };
        ApiHostView_Atlas: {
            /** Format: date-time */
            created?: $Read<string>;
            groupId?: $Read<string>;
            hostname?: $Read<string>;
            id?: $Read<string>;
            /** Format: date-time */
            lastPing?: $Read<string>;
            links?: $Read<components["schemas"]["Link_Atlas"][]>;
            /** Format: int32 */
            port?: $Read<number>;
            replicaSetName?: $Read<string>;
            shardName?: $Read<string>;
            /** @enum {string} */
            typeName?: $Read<"REPLICA_PRIMARY" | "REPLICA_SECONDARY" | "RECOVERING" | "SHARD_MONGOS" | "SHARD_CONFIG" | "SHARD_STANDALONE" | "SHARD_PRIMARY" | "SHARD_SECONDARY" | "NO_DATA">;
            userAlias?: $Read<string>;
            version?: $Read<string>;
        };
        MetricsMeasurement_Atlas: {
            dataPoints?: $Read<components["schemas"]["MetricDataPoint_Atlas"][]>;
            name?: $Read<string>;
            /** @enum {string} */
            units?: $Read<"BYTES" | "BYTES_PER_SECOND" | "GIGABYTES" | "GIGABYTES_PER_HOUR" | "MEGABYTES_PER_SECOND" | "MICROSECONDS" | "MILLISECONDS" | "PERCENT" | "SCALAR" | "SCALAR_PER_SECOND">;
        };
        MesurementsDatabase: {
            databaseName?: string;
            links?: $Read<components["schemas"]["Link"][]>;
        };
        BillingInvoiceMetadata: {
            /** Format: int64 */
            amountBilledCents?: $Read<number>;
            /** Format: int64 */
            amountPaidCents?: $Read<number>;
            /** Format: date-time */
            created?: $Read<string>;
            /** Format: int64 */
            creditsCents?: $Read<number>;
            /** Format: date-time */
            endDate?: $Read<string>;
            id?: $Read<string>;
            linkedInvoices?: $Read<components["schemas"]["BillingInvoiceMetadata"][]>;
            links?: $Read<components["schemas"]["Link"][]>;
            orgId?: $Read<string>;
            /** Format: int64 */
            salesTaxCents?: $Read<number>;
            /** Format: date-time */
            startDate?: $Read<string>;
            /** Format: int64 */
            startingBalanceCents?: $Read<number>;
            /** @enum {string} */
            statusName?: "PENDING" | "CLOSED" | "FORGIVEN" | "FAILED" | "PAID" | "FREE" | "PREPAID" | "INVOICED";
            /** Format: int64 */
            subtotalCents?: $Read<number>;
            /** Format: date-time */
            updated?: $Read<string>;
        };
        /** Line Item */
        InvoiceLineItem: {
            /** @enum {string} */
            cloudProvider?: $Read<"AWS" | "GCP" | "AZURE" | "ATLAS">;
            clusterName?: $Read<string>;
            /** Format: date-time */
            created?: $Read<string>;
            /** Format: int64 */
            discountCents?: $Read<number>;
            /** Format: date-time */
            endDate?: $Read<string>;
            groupId?: $Read<string>;
            groupName?: string;
            note?: $Read<string>;
            /** Format: float */
            percentDiscount?: $Read<number>;
            /** Format: double */
            quantity?: $Read<number>;
            sku?: $Read<string>;
            /** Format: date-time */
            startDate?: $Read<string>;
            stitchAppName?: $Read<string>;
            tags?: $Read<{
                [key: string]: string[];
            }>;
            /** Format: double */
            tierLowerBound?: $Read<number>;
            /** Format: double */
            tierUpperBound?: $Read<number>;
            /** Format: int64 */
            totalPriceCents?: $Read<number>;
            unit?: $Read<string>;
            /** Format: double */
            unitPriceDollars?: $Read<number>;
        };
        /** Payment */
        BillingPayment: {
            /** Format: int64 */
            amountBilledCents?: $Read<number>;
            /** Format: int64 */
            amountPaidCents?: $Read<number>;
            /** Format: date-time */
            created?: $Read<string>;
            currency?: $Read<string>;
            id?: $Read<string>;
            /** Format: int64 */
            salesTaxCents?: $Read<number>;
            /** @enum {string} */
            statusName?: "NEW" | "FORGIVEN" | "FAILED" | "PAID" | "PARTIAL_PAID" | "CANCELLED" | "INVOICED" | "FAILED_AUTHENTICATION" | "PROCESSING" | "PENDING_REVERSAL" | "REFUNDED";
            /** Format: int64 */
            subtotalCents?: $Read<number>;
            unitPrice?: $Read<string>;
            /** Format: date-time */
            updated?: $Read<string>;
        };
        /** Refund */
        BillingRefund: {
            /** Format: int64 */
            amountCents?: $Read<number>;
            /** Format: date-time */
            created?: $Read<string>;
            paymentId?: $Read<string>;
            reason?: $Read<string>;
        };
        /** Default Limit */
        DefaultLimit: {
            /** Format: int64 */
            currentUsage?: $Read<number>;
            /** Format: int64 */
            defaultLimit?: $Read<number>;
            /** Format: int64 */
            maximumLimit?: $Read<number>;
            name: $Read<string>;
            /** Format: int64 */
            value: number;
        };
        /** AWS */
        AWSPrivateLinkConnection: {
            /** @enum {string} */
            cloudProvider: $Read<"AWS" | "AZURE" | "GCP">;
            endpointServiceName?: $Read<string>;
            errorMessage?: $Read<string>;
            id?: $Read<string>;
            interfaceEndpoints: $Read<string[]>;
            regionName?: $Read<string>;
            /** @enum {string} */
            status?: $Read<"INITIATING" | "AVAILABLE" | "WAITING_FOR_USER" | "FAILED" | "DELETING">;
            supportedRemoteRegions?: string[] | null;
        };
        /** AZURE */
        AzurePrivateLinkConnection: {
            /** @enum {string} */
            cloudProvider: $Read<"AWS" | "AZURE" | "GCP">;
            errorMessage?: $Read<string>;
            id?: $Read<string>;
            privateEndpoints?: $Read<string[]>;
            privateLinkServiceName?: $Read<string>;
            privateLinkServiceResourceId?: $Read<string>;
            regionName?: $Read<string>;
            /** @enum {string} */
            status?: $Read<"INITIATING" | "AVAILABLE" | "WAITING_FOR_USER" | "FAILED" | "DELETING">;
        };
        /** GCP */
        GCPEndpointService: {
            /** @enum {string} */
            cloudProvider: $Read<"AWS" | "AZURE" | "GCP">;
            endpointGroupNames?: string[];
            errorMessage?: $Read<string>;
            id?: $Read<string>;
            portMappingEnabled?: boolean;
            regionName?: $Read<string>;
            serviceAttachmentNames?: string[];
            /** @enum {string} */
            status?: $Read<"INITIATING" | "AVAILABLE" | "WAITING_FOR_USER" | "FAILED" | "DELETING">;
        };
        RateLimitEndpointSetResponse: {
            capacity?: components["schemas"]["RateLimitEndpointSetCapacity"];
            endpointSetId?: string;
            endpointSetName?: string;
            endpoints?: components["schemas"]["RateLimitEndpointSetEndpoint"][];
            refillDurationSeconds?: components["schemas"]["RateLimitEndpointSetRefillDurationSeconds"];
            refillRate?: components["schemas"]["RateLimitEndpointSetRefillRate"];
            /** @enum {string} */
            scope?: "IP" | "GROUP" | "ORGANIZATION" | "USER";
        };
        CloudProviderRegions: {
            instanceSizes?: $Read<components["schemas"]["ClusterCloudProviderInstanceSize"][]>;
            /** @enum {string} */
            provider?: "AWS" | "GCP" | "AZURE";
        };
        BadRequestDetail: {
            fields?: components["schemas"]["FieldViolation"][];
        } | null;
        /** Cluster Private Endpoint Connection String */
        ClusterDescriptionConnectionStringsPrivateEndpoint: {
            connectionString?: $Read<string>;
            endpoints?: $Read<components["schemas"]["ClusterDescriptionConnectionStringsPrivateEndpointEndpoint"][]>;
            srvConnectionString?: $Read<string>;
            srvShardOptimizedConnectionString?: $Read<string>;
            /** @enum {string} */
            type?: $Read<"MONGOD" | "MONGOS">;
        };
        /** Cloud Service Provider Settings */
        CloudRegionConfig20240805: {
            electableSpecs?: components["schemas"]["HardwareSpec20240805"];
            /** Format: int32 */
            priority?: number;
            /** @enum {string} */
            providerName?: "AWS" | "AZURE" | "GCP" | "TENANT";
            regionName?: ("US_GOV_WEST_1" | "US_GOV_EAST_1" | "US_EAST_1" | "US_EAST_2" | "US_WEST_1" | "US_WEST_2" | "CA_CENTRAL_1" | "EU_NORTH_1" | "EU_WEST_1" | "EU_WEST_2" | "EU_WEST_3" | "EU_CENTRAL_1" | "EU_CENTRAL_2" | "AP_EAST_1" | "AP_EAST_2" | "AP_NORTHEAST_1" | "AP_NORTHEAST_2" | "AP_NORTHEAST_3" | "AP_SOUTHEAST_1" | "AP_SOUTHEAST_2" | "AP_SOUTHEAST_3" | "AP_SOUTHEAST_4" | "AP_SOUTHEAST_5" | "AP_SOUTHEAST_6" | "AP_SOUTHEAST_7" | "AP_SOUTH_1" | "AP_SOUTH_2" | "SA_EAST_1" | "CN_NORTH_1" | "CN_NORTHWEST_1" | "ME_SOUTH_1" | "ME_CENTRAL_1" | "AF_SOUTH_1" | "EU_SOUTH_1" | "EU_SOUTH_2" | "IL_CENTRAL_1" | "CA_WEST_1" | "MX_CENTRAL_1" | "GLOBAL") | ("US_CENTRAL" | "US_EAST" | "US_EAST_2" | "US_NORTH_CENTRAL" | "US_WEST" | "US_SOUTH_CENTRAL" | "EUROPE_NORTH" | "EUROPE_WEST" | "US_WEST_CENTRAL" | "US_WEST_2" | "US_WEST_3" | "CANADA_EAST" | "CANADA_CENTRAL" | "BRAZIL_SOUTH" | "BRAZIL_SOUTHEAST" | "AUSTRALIA_CENTRAL" | "AUSTRALIA_CENTRAL_2" | "AUSTRALIA_EAST" | "AUSTRALIA_SOUTH_EAST" | "GERMANY_WEST_CENTRAL" | "GERMANY_NORTH" | "SWEDEN_CENTRAL" | "SWEDEN_SOUTH" | "SWITZERLAND_NORTH" | "SWITZERLAND_WEST" | "UK_SOUTH" | "UK_WEST" | "NORWAY_EAST" | "NORWAY_WEST" | "INDIA_CENTRAL" | "INDIA_SOUTH" | "INDIA_WEST" | "CHINA_EAST" | "CHINA_NORTH" | "ASIA_EAST" | "JAPAN_EAST" | "JAPAN_WEST" | "ASIA_SOUTH_EAST" | "KOREA_CENTRAL" | "KOREA_SOUTH" | "FRANCE_CENTRAL" | "FRANCE_SOUTH" | "SOUTH_AFRICA_NORTH" | "SOUTH_AFRICA_WEST" | "UAE_CENTRAL" | "UAE_NORTH" | "QATAR_CENTRAL" | "POLAND_CENTRAL" | "ISRAEL_CENTRAL" | "ITALY_NORTH" | "SPAIN_CENTRAL" | "MEXICO_CENTRAL" | "NEW_ZEALAND_NORTH" | "US_GOV_VIRGINIA" | "US_GOV_ARIZONA" | "US_GOV_TEXAS") | ("EASTERN_US" | "EASTERN_US_AW" | "US_EAST_4" | "US_EAST_4_AW" | "US_EAST_5" | "US_EAST_5_AW" | "US_WEST_2" | "US_WEST_2_AW" | "US_WEST_3" | "US_WEST_3_AW" | "US_WEST_4" | "US_WEST_4_AW" | "US_SOUTH_1" | "US_SOUTH_1_AW" | "CENTRAL_US" | "CENTRAL_US_AW" | "WESTERN_US" | "WESTERN_US_AW" | "NORTH_AMERICA_NORTHEAST_1" | "NORTH_AMERICA_NORTHEAST_2" | "NORTH_AMERICA_SOUTH_1" | "SOUTH_AMERICA_EAST_1" | "SOUTH_AMERICA_WEST_1" | "WESTERN_EUROPE" | "EUROPE_NORTH_1" | "EUROPE_WEST_2" | "EUROPE_WEST_3" | "EUROPE_WEST_4" | "EUROPE_WEST_6" | "EUROPE_WEST_8" | "EUROPE_WEST_9" | "EUROPE_WEST_10" | "EUROPE_WEST_12" | "EUROPE_SOUTHWEST_1" | "EUROPE_CENTRAL_2" | "MIDDLE_EAST_CENTRAL_1" | "MIDDLE_EAST_CENTRAL_2" | "MIDDLE_EAST_WEST_1" | "AUSTRALIA_SOUTHEAST_1" | "AUSTRALIA_SOUTHEAST_2" | "AFRICA_SOUTH_1" | "EASTERN_ASIA_PACIFIC" | "NORTHEASTERN_ASIA_PACIFIC" | "SOUTHEASTERN_ASIA_PACIFIC" | "ASIA_EAST_2" | "ASIA_NORTHEAST_2" | "ASIA_NORTHEAST_3" | "ASIA_SOUTH_1" | "ASIA_SOUTH_2" | "ASIA_SOUTHEAST_2");
        } & (components["schemas"]["AWSRegionConfig20240805"] | components["schemas"]["AzureRegionConfig20240805"] | components["schemas"]["GCPRegionConfig20240805"] | components["schemas"]["TenantRegionConfig20240805"]);
        DiskBackupShardedClusterSnapshotMember: {
            /** @enum {string} */
            cloudProvider: $Read<"AWS" | "AZURE" | "GCP">;
            id: $Read<string>;
            replicaSetName: $Read<string>;
        };
        DiskBackupCopyPolicyItem: {
            /** @enum {string} */
            frequencyType: "daily" | "hourly" | "weekly" | "monthly" | "yearly" | "ondemand";
            id?: $Read<string>;
        } & (components["schemas"]["DiskBackupOnDemandCopyPolicyItem"] | components["schemas"]["DiskBackupTimeBasedCopyPolicyItem"]);
        DiskBackupApiPolicyItem: {
            /**
             * Format: int32
             * @enum {integer}
             */
            frequencyInterval: 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12 | 13 | 14 | 15 | 16 | 17 | 18 | 19 | 20 | 21 | 22 | 23 | 24 | 25 | 26 | 27 | 28 | 40;
            /** @enum {string} */
            frequencyType: "daily" | "hourly" | "weekly" | "monthly" | "yearly" | "ondemand";
            id?: $Read<string>;
            /** @enum {string} */
            retentionUnit: "days" | "weeks" | "months" | "years";
            /** Format: int32 */
            retentionValue: number;
        };
        MetricDataPoint_Atlas: {
            /** Format: date-time */
            timestamp?: $Read<string>;
            value?: $Read<number>;
        };
        RateLimitEndpointSetCapacity: {
            /** Format: int64 */
            defaultValue?: number | null;
            /** Format: int64 */
            value?: number;
        };
        RateLimitEndpointSetEndpoint: {
            /** @enum {string} */
            method?: "GET" | "POST" | "PUT" | "DELETE" | "PATCH";
            path?: string;
        };
        RateLimitEndpointSetRefillDurationSeconds: {
            /** Format: int64 */
            defaultValue?: number | null;
            /** Format: int64 */
            value?: number;
        };
        RateLimitEndpointSetRefillRate: {
            /** Format: int64 */
            defaultValue?: number | null;
            /** Format: int64 */
            value?: number;
        };
        ClusterCloudProviderInstanceSize: {
            availableRegions?: $Read<components["schemas"]["AvailableCloudProviderRegion"][]>;
            name?: $Read<string>;
        };
        FieldViolation: {
            description: string;
            field: string;
        };
        /** Cluster Private Endpoint Connection Strings Endpoint */
        ClusterDescriptionConnectionStringsPrivateEndpointEndpoint: {
            endpointId?: $Read<string>;
            /** @enum {string} */
            providerName?: $Read<"AWS" | "AZURE" | "GCP">;
            region?: $Read<string>;
        };
        /** AWS Regional Replication Specifications */
        AWSRegionConfig20240805: Omit<components["schemas"]["CloudRegionConfig20240805"], "providerName"> & {
            analyticsAutoScaling?: components["schemas"]["AdvancedAutoScalingSettings"];
            analyticsSpecs?: components["schemas"]["DedicatedHardwareSpec20240805"];
            autoScaling?: components["schemas"]["AdvancedAutoScalingSettings"];
            effectiveAnalyticsSpecs?: components["schemas"]["DedicatedHardwareSpec20240805"];
            effectiveElectableSpecs?: components["schemas"]["DedicatedHardwareSpec20240805"];
            effectiveReadOnlySpecs?: components["schemas"]["DedicatedHardwareSpec20240805"];
            readOnlySpecs?: components["schemas"]["DedicatedHardwareSpec20240805"];
        } & {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            providerName: "AWS";
        } & {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            providerName: "AWS";
        };
        /** Azure Regional Replication Specifications */
        AzureRegionConfig20240805: Omit<components["schemas"]["CloudRegionConfig20240805"], "providerName"> & {
            analyticsAutoScaling?: components["schemas"]["AdvancedAutoScalingSettings"];
            analyticsSpecs?: components["schemas"]["DedicatedHardwareSpec20240805"];
            autoScaling?: components["schemas"]["AdvancedAutoScalingSettings"];
            effectiveAnalyticsSpecs?: components["schemas"]["DedicatedHardwareSpec20240805"];
            effectiveElectableSpecs?: components["schemas"]["DedicatedHardwareSpec20240805"];
            effectiveReadOnlySpecs?: components["schemas"]["DedicatedHardwareSpec20240805"];
            readOnlySpecs?: components["schemas"]["DedicatedHardwareSpec20240805"];
        } & {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            providerName: "AZURE";
        } & {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            providerName: "AZURE";
        };
        /** GCP Regional Replication Specifications */
        GCPRegionConfig20240805: Omit<components["schemas"]["CloudRegionConfig20240805"], "providerName"> & {
            analyticsAutoScaling?: components["schemas"]["AdvancedAutoScalingSettings"];
            analyticsSpecs?: components["schemas"]["DedicatedHardwareSpec20240805"];
            autoScaling?: components["schemas"]["AdvancedAutoScalingSettings"];
            effectiveAnalyticsSpecs?: components["schemas"]["DedicatedHardwareSpec20240805"];
            effectiveElectableSpecs?: components["schemas"]["DedicatedHardwareSpec20240805"];
            effectiveReadOnlySpecs?: components["schemas"]["DedicatedHardwareSpec20240805"];
            readOnlySpecs?: components["schemas"]["DedicatedHardwareSpec20240805"];
        } & {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            providerName: "GCP";
        } & {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            providerName: "GCP";
        };
        /** Tenant Regional Replication Specifications */
        TenantRegionConfig20240805: Omit<components["schemas"]["CloudRegionConfig20240805"], "providerName"> & {
            /** @enum {string} */
            backingProviderName?: "AWS" | "GCP" | "AZURE";
        } & {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            providerName: "TENANT";
        } & {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            providerName: "TENANT";
        };
        HardwareSpec20240805: {
            /** Format: double */
            diskSizeGB?: number;
        } & (components["schemas"]["AWSHardwareSpec20240805"] | components["schemas"]["AzureHardwareSpec20240805"] | components["schemas"]["GCPHardwareSpec20240805"] | components["schemas"]["TenantHardwareSpec20240805"]);
        DiskBackupTimeBasedCopyPolicyItem: Omit<WithRequired<components["schemas"]["DiskBackupCopyPolicyItem"], "frequencyType">, "frequencyType"> & {
            /** @enum {string} */
            retentionUnit: "days" | "weeks" | "months" | "years";
            /** Format: int32 */
            retentionValue: number;
        } & {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            frequencyType: "daily" | "hourly" | "monthly" | "weekly" | "yearly";
        } & {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            frequencyType: "daily" | "hourly" | "monthly" | "weekly" | "yearly";
        };
        DiskBackupOnDemandCopyPolicyItem: Omit<WithRequired<components["schemas"]["DiskBackupCopyPolicyItem"], "frequencyType">, "frequencyType"> & {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            frequencyType: "ondemand";
        } & {
            /**
             * @description discriminator enum property added by openapi-typescript
             * @enum {string}
             */
            frequencyType: "ondemand";
        };
        AvailableCloudProviderRegion: {
            default?: $Read<boolean>;
            name?: $Read<string>;
        };
        /** Automatic Scaling Settings */
        AdvancedAutoScalingSettings: {
            compute?: components["schemas"]["AdvancedComputeAutoScaling"];
            diskGB?: components["schemas"]["DiskGBAutoScaling"];
        };
        DedicatedHardwareSpec20240805: {
            /** Format: double */
            diskSizeGB?: number;
            /** Format: int32 */
            nodeCount?: number;
        } & (components["schemas"]["AWSHardwareSpec20240805"] | components["schemas"]["AzureHardwareSpec20240805"] | components["schemas"]["GCPHardwareSpec20240805"]);
        /** AWS Cluster Hardware Settings */
        AWSHardwareSpec20240805: {
            /** Format: int32 */
            diskIOPS?: number;
            /** Format: double */
            diskSizeGB?: number;
            /** Format: int32 */
            diskThroughput?: $Read<number>;
            /**
             * @default STANDARD
             * @enum {string}
             */
            ebsVolumeType?: "STANDARD" | "PROVISIONED" | "HIGH_PERFORMANCE";
            /**
             * AWS Instance Sizes
             * @enum {string}
             */
            instanceSize?: "M10" | "M20" | "M30" | "M40" | "M50" | "M60" | "M80" | "M100" | "M140" | "M200" | "M300" | "R40" | "R50" | "R60" | "R80" | "R200" | "R300" | "R400" | "R700" | "M40_NVME" | "M50_NVME" | "M60_NVME" | "M80_NVME" | "M200_NVME" | "M400_NVME" | "M30_GEN_2" | "M40_GEN_2" | "M50_GEN_2" | "M60_GEN_2" | "M80_GEN_2" | "M140_GEN_2" | "M200_GEN_2" | "M300_GEN_2" | "R40_GEN_2" | "R50_GEN_2" | "R60_GEN_2" | "R80_GEN_2" | "R200_GEN_2" | "R300_GEN_2" | "R400_GEN_2" | "R700_GEN_2" | "M40_NVME_GEN_2" | "M50_NVME_GEN_2" | "M60_NVME_GEN_2" | "M80_NVME_GEN_2" | "M200_NVME_GEN_2" | "M400_NVME_GEN_2";
            /** Format: int32 */
            nodeCount?: number;
        };
        AzureHardwareSpec20240805: {
            /** Format: int32 */
            diskIOPS?: number;
            /** Format: double */
            diskSizeGB?: number;
            /**
             * Azure Instance Sizes
             * @enum {string}
             */
            instanceSize?: "M10" | "M20" | "M30" | "M40" | "M50" | "M60" | "M80" | "M90" | "M200" | "R40" | "R50" | "R60" | "R80" | "R200" | "R300" | "R400" | "M60_NVME" | "M80_NVME" | "M200_NVME" | "M300_NVME" | "M400_NVME" | "M600_NVME";
            /** Format: int32 */
            nodeCount?: number;
        };
        GCPHardwareSpec20240805: {
            /** Format: double */
            diskSizeGB?: number;
            /**
             * GCP Instance Sizes
             * @enum {string}
             */
            instanceSize?: "M10" | "M20" | "M30" | "M40" | "M50" | "M60" | "M80" | "M140" | "M200" | "M250" | "M300" | "M400" | "R40" | "R50" | "R60" | "R80" | "R200" | "R300" | "R400" | "R600" | "M30_GEN_2" | "M40_GEN_2" | "M50_GEN_2" | "M60_GEN_2" | "M80_GEN_2" | "M140_GEN_2" | "M200_GEN_2" | "R40_GEN_2" | "R50_GEN_2" | "R60_GEN_2" | "R80_GEN_2" | "R200_GEN_2" | "R300_GEN_2" | "R400_GEN_2";
            /** Format: int32 */
            nodeCount?: number;
        };
        TenantHardwareSpec20240805: {
            /** Format: double */
            diskSizeGB?: number;
            /** @enum {string} */
            effectiveInstanceSize?: $Read<"FLEX" | "M2" | "M5" | "M0">;
            /**
             * Tenant Instance Sizes
             * @enum {string}
             */
            instanceSize?: "M0" | "M2" | "M5";
        };
        /** Automatic Compute Scaling Settings */
        AdvancedComputeAutoScaling: {
            enabled?: boolean;
            maxInstanceSize?: components["schemas"]["BaseCloudProviderInstanceSize"];
            minInstanceSize?: components["schemas"]["BaseCloudProviderInstanceSize"];
            scaleDownEnabled?: boolean;
        };
        DiskGBAutoScaling: {
            enabled?: boolean;
        };
        BaseCloudProviderInstanceSize: ("M10" | "M20" | "M30" | "M40" | "M50" | "M60" | "M80" | "M100" | "M140" | "M200" | "M300" | "R40" | "R50" | "R60" | "R80" | "R200" | "R300" | "R400" | "R700" | "M40_NVME" | "M50_NVME" | "M60_NVME" | "M80_NVME" | "M200_NVME" | "M400_NVME" | "M30_GEN_2" | "M40_GEN_2" | "M50_GEN_2" | "M60_GEN_2" | "M80_GEN_2" | "M140_GEN_2" | "M200_GEN_2" | "M300_GEN_2" | "R40_GEN_2" | "R50_GEN_2" | "R60_GEN_2" | "R80_GEN_2" | "R200_GEN_2" | "R300_GEN_2" | "R400_GEN_2" | "R700_GEN_2" | "M40_NVME_GEN_2" | "M50_NVME_GEN_2" | "M60_NVME_GEN_2" | "M80_NVME_GEN_2" | "M200_NVME_GEN_2" | "M400_NVME_GEN_2") | ("M10" | "M20" | "M30" | "M40" | "M50" | "M60" | "M80" | "M90" | "M200" | "R40" | "R50" | "R60" | "R80" | "R200" | "R300" | "R400" | "M60_NVME" | "M80_NVME" | "M200_NVME" | "M300_NVME" | "M400_NVME" | "M600_NVME") | ("M10" | "M20" | "M30" | "M40" | "M50" | "M60" | "M80" | "M140" | "M200" | "M250" | "M300" | "M400" | "R40" | "R50" | "R60" | "R80" | "R200" | "R300" | "R400" | "R600" | "M30_GEN_2" | "M40_GEN_2" | "M50_GEN_2" | "M60_GEN_2" | "M80_GEN_2" | "M140_GEN_2" | "M200_GEN_2" | "R40_GEN_2" | "R50_GEN_2" | "R60_GEN_2" | "R80_GEN_2" | "R200_GEN_2" | "R300_GEN_2" | "R400_GEN_2");
    };
    responses: {
        badRequest: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiError"];
            };
        };
        unauthorized: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiError"];
            };
        };
        forbidden: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiError"];
            };
        };
        notFound: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiError"];
            };
        };
        tooManyRequests: {
            headers: {
                "RateLimit-Limit": components["headers"]["HeaderRateLimitLimit"];
                "RateLimit-Remaining": components["headers"]["HeaderRateLimitRemaining"];
                "Retry-After": components["headers"]["HeaderRetryAfter"];
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiError"];
            };
        };
        internalServerError: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiError"];
            };
        };
        conflict: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiError"];
            };
        };
        paymentRequired: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiError"];
            };
        };
        methodNotAllowed: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/json": components["schemas"]["ApiError"];
            };
        };
    };
    parameters: {
        envelope: boolean;
        includeCount: boolean;
        itemsPerPage: number;
        pageNum: number;
        pretty: boolean;
        groupId: string;
        period: string;
        granularity: string;
        start: string;
        end: string;
        orgId: string;
    };
    requestBodies: never;
    headers: {
        HeaderRateLimitLimit: number;
        HeaderRateLimitRemaining: number;
        HeaderRetryAfter: number;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    listGroups: {
        parameters: {
            query?: {
                envelope?: components["parameters"]["envelope"];
                includeCount?: components["parameters"]["includeCount"];
                itemsPerPage?: components["parameters"]["itemsPerPage"];
                pageNum?: components["parameters"]["pageNum"];
                pretty?: components["parameters"]["pretty"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    "RateLimit-Limit": components["headers"]["HeaderRateLimitLimit"];
                    "RateLimit-Remaining": components["headers"]["HeaderRateLimitRemaining"];
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.atlas.2023-01-01+json": components["schemas"]["PaginatedAtlasGroupView"];
                };
            };
            400: components["responses"]["badRequest"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["notFound"];
            429: components["responses"]["tooManyRequests"];
            500: components["responses"]["internalServerError"];
        };
    };
    createGroup: {
        parameters: {
            query?: {
                envelope?: components["parameters"]["envelope"];
                pretty?: components["parameters"]["pretty"];
                projectOwnerId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/vnd.atlas.2023-01-01+json": components["schemas"]["Group"];
            };
        };
        responses: {
            200: {
                headers: {
                    "RateLimit-Limit": components["headers"]["HeaderRateLimitLimit"];
                    "RateLimit-Remaining": components["headers"]["HeaderRateLimitRemaining"];
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.atlas.2023-01-01+json": components["schemas"]["Group"];
                };
            };
            400: components["responses"]["badRequest"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["notFound"];
            409: components["responses"]["conflict"];
            429: components["responses"]["tooManyRequests"];
            500: components["responses"]["internalServerError"];
        };
    };
    getGroup: {
        parameters: {
            query?: {
                envelope?: components["parameters"]["envelope"];
                pretty?: components["parameters"]["pretty"];
            };
            header?: never;
            path: {
                groupId: components["parameters"]["groupId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    "RateLimit-Limit": components["headers"]["HeaderRateLimitLimit"];
                    "RateLimit-Remaining": components["headers"]["HeaderRateLimitRemaining"];
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.atlas.2023-01-01+json": components["schemas"]["Group"];
                };
            };
            400: components["responses"]["badRequest"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["notFound"];
            429: components["responses"]["tooManyRequests"];
            500: components["responses"]["internalServerError"];
        };
    };
    deleteGroup: {
        parameters: {
            query?: {
                envelope?: components["parameters"]["envelope"];
                pretty?: components["parameters"]["pretty"];
            };
            header?: never;
            path: {
                groupId: components["parameters"]["groupId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    "RateLimit-Limit": components["headers"]["HeaderRateLimitLimit"];
                    "RateLimit-Remaining": components["headers"]["HeaderRateLimitRemaining"];
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.atlas.2023-01-01+json": unknown;
                };
            };
            400: components["responses"]["badRequest"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["notFound"];
            409: components["responses"]["conflict"];
            429: components["responses"]["tooManyRequests"];
            500: components["responses"]["internalServerError"];
        };
    };
    updateGroup: {
        parameters: {
            query?: {
                envelope?: components["parameters"]["envelope"];
                pretty?: components["parameters"]["pretty"];
            };
            header?: never;
            path: {
                groupId: components["parameters"]["groupId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/vnd.atlas.2023-01-01+json": components["schemas"]["GroupUpdate"];
            };
        };
        responses: {
            200: {
                headers: {
                    "RateLimit-Limit": components["headers"]["HeaderRateLimitLimit"];
                    "RateLimit-Remaining": components["headers"]["HeaderRateLimitRemaining"];
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.atlas.2023-01-01+json": components["schemas"]["Group"];
                };
            };
            400: components["responses"]["badRequest"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["notFound"];
            429: components["responses"]["tooManyRequests"];
            500: components["responses"]["internalServerError"];
        };
    };
    listGroupClusters: {
        parameters: {
            query?: {
                envelope?: components["parameters"]["envelope"];
                includeCount?: components["parameters"]["includeCount"];
                itemsPerPage?: components["parameters"]["itemsPerPage"];
                pageNum?: components["parameters"]["pageNum"];
                pretty?: components["parameters"]["pretty"];
                includeDeletedWithRetainedBackups?: boolean;
            };
            header?: {
                "Use-Effective-Instance-Fields"?: boolean;
            };
            path: {
                groupId: components["parameters"]["groupId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    "RateLimit-Limit": components["headers"]["HeaderRateLimitLimit"];
                    "RateLimit-Remaining": components["headers"]["HeaderRateLimitRemaining"];
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.atlas.2024-08-05+json": components["schemas"]["PaginatedClusterDescription20240805"];
                };
            };
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["notFound"];
            429: components["responses"]["tooManyRequests"];
            500: components["responses"]["internalServerError"];
        };
    };
    createGroupCluster: {
        parameters: {
            query?: {
                envelope?: components["parameters"]["envelope"];
                pretty?: components["parameters"]["pretty"];
            };
            header?: {
                "Use-Effective-Instance-Fields"?: boolean;
                "Use-Effective-Fields-Replication-Specs"?: boolean;
            };
            path: {
                groupId: components["parameters"]["groupId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/vnd.atlas.2024-10-23+json": components["schemas"]["ClusterDescription20240805"];
            };
        };
        responses: {
            201: {
                headers: {
                    "RateLimit-Limit": components["headers"]["HeaderRateLimitLimit"];
                    "RateLimit-Remaining": components["headers"]["HeaderRateLimitRemaining"];
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.atlas.2024-10-23+json": components["schemas"]["ClusterDescription20240805"];
                };
            };
            400: components["responses"]["badRequest"];
            401: components["responses"]["unauthorized"];
            402: components["responses"]["paymentRequired"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["notFound"];
            409: components["responses"]["conflict"];
            429: components["responses"]["tooManyRequests"];
            500: components["responses"]["internalServerError"];
        };
    };
    getGroupCluster: {
        parameters: {
            query?: {
                envelope?: components["parameters"]["envelope"];
                pretty?: components["parameters"]["pretty"];
            };
            header?: {
                "Use-Effective-Instance-Fields"?: boolean;
                "Use-Effective-Fields-Replication-Specs"?: boolean;
            };
            path: {
                groupId: components["parameters"]["groupId"];
                clusterName: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    "RateLimit-Limit": components["headers"]["HeaderRateLimitLimit"];
                    "RateLimit-Remaining": components["headers"]["HeaderRateLimitRemaining"];
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.atlas.2024-08-05+json": components["schemas"]["ClusterDescription20240805"];
                };
            };
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["notFound"];
            409: components["responses"]["conflict"];
            429: components["responses"]["tooManyRequests"];
            500: components["responses"]["internalServerError"];
        };
    };
    deleteGroupCluster: {
        parameters: {
            query?: {
                envelope?: components["parameters"]["envelope"];
                pretty?: components["parameters"]["pretty"];
                retainBackups?: boolean;
            };
            header?: never;
            path: {
                groupId: components["parameters"]["groupId"];
                clusterName: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            202: {
                headers: {
                    "RateLimit-Limit": components["headers"]["HeaderRateLimitLimit"];
                    "RateLimit-Remaining": components["headers"]["HeaderRateLimitRemaining"];
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.atlas.2023-02-01+json": unknown;
                };
            };
            400: components["responses"]["badRequest"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["notFound"];
            409: components["responses"]["conflict"];
            429: components["responses"]["tooManyRequests"];
            500: components["responses"]["internalServerError"];
        };
    };
    updateGroupCluster: {
        parameters: {
            query?: {
                envelope?: components["parameters"]["envelope"];
                pretty?: components["parameters"]["pretty"];
            };
            header?: {
                "Use-Effective-Instance-Fields"?: boolean;
                "Use-Effective-Fields-Replication-Specs"?: boolean;
            };
            path: {
                groupId: components["parameters"]["groupId"];
                clusterName: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/vnd.atlas.2024-10-23+json": components["schemas"]["ClusterDescription20240805"];
            };
        };
        responses: {
            200: {
                headers: {
                    "RateLimit-Limit": components["headers"]["HeaderRateLimitLimit"];
                    "RateLimit-Remaining": components["headers"]["HeaderRateLimitRemaining"];
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.atlas.2024-10-23+json": components["schemas"]["ClusterDescription20240805"];
                };
            };
            400: components["responses"]["badRequest"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["notFound"];
            409: components["responses"]["conflict"];
            429: components["responses"]["tooManyRequests"];
            500: components["responses"]["internalServerError"];
        };
    };
    getGroupClusterStatus: {
        parameters: {
            query?: {
                envelope?: components["parameters"]["envelope"];
                pretty?: components["parameters"]["pretty"];
            };
            header?: never;
            path: {
                groupId: components["parameters"]["groupId"];
                clusterName: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    "RateLimit-Limit": components["headers"]["HeaderRateLimitLimit"];
                    "RateLimit-Remaining": components["headers"]["HeaderRateLimitRemaining"];
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.atlas.2023-01-01+json": components["schemas"]["ClusterStatus"];
                };
            };
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["notFound"];
            429: components["responses"]["tooManyRequests"];
            500: components["responses"]["internalServerError"];
        };
    };
    listGroupClusterBackupSnapshots: {
        parameters: {
            query?: {
                envelope?: components["parameters"]["envelope"];
                includeCount?: components["parameters"]["includeCount"];
                itemsPerPage?: components["parameters"]["itemsPerPage"];
                pageNum?: components["parameters"]["pageNum"];
                pretty?: components["parameters"]["pretty"];
                pointInTimeUtcSeconds?: number;
                oplogTs?: number;
                oplogInc?: number;
            };
            header?: never;
            path: {
                groupId: components["parameters"]["groupId"];
                clusterName: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    "RateLimit-Limit": components["headers"]["HeaderRateLimitLimit"];
                    "RateLimit-Remaining": components["headers"]["HeaderRateLimitRemaining"];
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.atlas.2023-01-01+json": components["schemas"]["PaginatedCloudBackupReplicaSetView"];
                };
            };
            400: components["responses"]["badRequest"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["notFound"];
            429: components["responses"]["tooManyRequests"];
            500: components["responses"]["internalServerError"];
        };
    };
    takeGroupClusterBackupSnapshots: {
        parameters: {
            query?: {
                envelope?: components["parameters"]["envelope"];
                pretty?: components["parameters"]["pretty"];
            };
            header?: never;
            path: {
                groupId: components["parameters"]["groupId"];
                clusterName: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/vnd.atlas.2023-01-01+json": components["schemas"]["DiskBackupOnDemandSnapshotRequest"];
            };
        };
        responses: {
            200: {
                headers: {
                    "RateLimit-Limit": components["headers"]["HeaderRateLimitLimit"];
                    "RateLimit-Remaining": components["headers"]["HeaderRateLimitRemaining"];
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.atlas.2023-01-01+json": components["schemas"]["DiskBackupSnapshot"];
                };
            };
            400: components["responses"]["badRequest"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["notFound"];
            429: components["responses"]["tooManyRequests"];
            500: components["responses"]["internalServerError"];
        };
    };
    listGroupFlexClusters: {
        parameters: {
            query?: {
                envelope?: components["parameters"]["envelope"];
                includeCount?: components["parameters"]["includeCount"];
                itemsPerPage?: components["parameters"]["itemsPerPage"];
                pageNum?: components["parameters"]["pageNum"];
                pretty?: components["parameters"]["pretty"];
            };
            header?: never;
            path: {
                groupId: components["parameters"]["groupId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    "RateLimit-Limit": components["headers"]["HeaderRateLimitLimit"];
                    "RateLimit-Remaining": components["headers"]["HeaderRateLimitRemaining"];
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.atlas.2024-11-13+json": components["schemas"]["PaginatedFlexClusters20241113"];
                };
            };
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["notFound"];
            409: components["responses"]["conflict"];
            429: components["responses"]["tooManyRequests"];
            500: components["responses"]["internalServerError"];
        };
    };
    createGroupFlexCluster: {
        parameters: {
            query?: {
                envelope?: components["parameters"]["envelope"];
                pretty?: components["parameters"]["pretty"];
            };
            header?: never;
            path: {
                groupId: components["parameters"]["groupId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/vnd.atlas.2024-11-13+json": components["schemas"]["FlexClusterDescriptionCreate20241113"];
            };
        };
        responses: {
            201: {
                headers: {
                    "RateLimit-Limit": components["headers"]["HeaderRateLimitLimit"];
                    "RateLimit-Remaining": components["headers"]["HeaderRateLimitRemaining"];
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.atlas.2024-11-13+json": components["schemas"]["FlexClusterDescription20241113"];
                };
            };
            400: components["responses"]["badRequest"];
            401: components["responses"]["unauthorized"];
            402: components["responses"]["paymentRequired"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["notFound"];
            409: components["responses"]["conflict"];
            429: components["responses"]["tooManyRequests"];
            500: components["responses"]["internalServerError"];
        };
    };
    getGroupFlexCluster: {
        parameters: {
            query?: {
                envelope?: components["parameters"]["envelope"];
                pretty?: components["parameters"]["pretty"];
            };
            header?: never;
            path: {
                groupId: components["parameters"]["groupId"];
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    "RateLimit-Limit": components["headers"]["HeaderRateLimitLimit"];
                    "RateLimit-Remaining": components["headers"]["HeaderRateLimitRemaining"];
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.atlas.2024-11-13+json": components["schemas"]["FlexClusterDescription20241113"];
                };
            };
            400: components["responses"]["badRequest"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["notFound"];
            409: components["responses"]["conflict"];
            429: components["responses"]["tooManyRequests"];
            500: components["responses"]["internalServerError"];
        };
    };
    deleteGroupFlexCluster: {
        parameters: {
            query?: {
                envelope?: components["parameters"]["envelope"];
                pretty?: components["parameters"]["pretty"];
            };
            header?: never;
            path: {
                groupId: components["parameters"]["groupId"];
                name: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    "RateLimit-Limit": components["headers"]["HeaderRateLimitLimit"];
                    "RateLimit-Remaining": components["headers"]["HeaderRateLimitRemaining"];
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.atlas.2024-11-13+json": unknown;
                };
            };
            400: components["responses"]["badRequest"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["notFound"];
            409: components["responses"]["conflict"];
            429: components["responses"]["tooManyRequests"];
            500: components["responses"]["internalServerError"];
        };
    };
    updateGroupFlexCluster: {
        parameters: {
            query?: {
                envelope?: components["parameters"]["envelope"];
                pretty?: components["parameters"]["pretty"];
            };
            header?: never;
            path: {
                groupId: components["parameters"]["groupId"];
                name: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/vnd.atlas.2024-11-13+json": components["schemas"]["FlexClusterDescriptionUpdate20241113"];
            };
        };
        responses: {
            200: {
                headers: {
                    "RateLimit-Limit": components["headers"]["HeaderRateLimitLimit"];
                    "RateLimit-Remaining": components["headers"]["HeaderRateLimitRemaining"];
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.atlas.2024-11-13+json": components["schemas"]["FlexClusterDescription20241113"];
                };
            };
            400: components["responses"]["badRequest"];
            401: components["responses"]["unauthorized"];
            402: components["responses"]["paymentRequired"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["notFound"];
            409: components["responses"]["conflict"];
            429: components["responses"]["tooManyRequests"];
        };
    };
    listGroupDatabaseUsers: {
        parameters: {
            query?: {
                envelope?: components["parameters"]["envelope"];
                includeCount?: components["parameters"]["includeCount"];
                itemsPerPage?: components["parameters"]["itemsPerPage"];
                pageNum?: components["parameters"]["pageNum"];
                pretty?: components["parameters"]["pretty"];
            };
            header?: never;
            path: {
                groupId: components["parameters"]["groupId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    "RateLimit-Limit": components["headers"]["HeaderRateLimitLimit"];
                    "RateLimit-Remaining": components["headers"]["HeaderRateLimitRemaining"];
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.atlas.2023-01-01+json": components["schemas"]["PaginatedApiAtlasDatabaseUserView"];
                };
            };
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["notFound"];
            429: components["responses"]["tooManyRequests"];
            500: components["responses"]["internalServerError"];
        };
    };
    createGroupDatabaseUser: {
        parameters: {
            query?: {
                envelope?: components["parameters"]["envelope"];
                pretty?: components["parameters"]["pretty"];
            };
            header?: never;
            path: {
                groupId: components["parameters"]["groupId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/vnd.atlas.2023-01-01+json": components["schemas"]["CloudDatabaseUser"];
            };
        };
        responses: {
            201: {
                headers: {
                    "RateLimit-Limit": components["headers"]["HeaderRateLimitLimit"];
                    "RateLimit-Remaining": components["headers"]["HeaderRateLimitRemaining"];
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.atlas.2023-01-01+json": components["schemas"]["CloudDatabaseUser"];
                };
            };
            400: components["responses"]["badRequest"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["notFound"];
            409: components["responses"]["conflict"];
            429: components["responses"]["tooManyRequests"];
            500: components["responses"]["internalServerError"];
        };
    };
    getGroupDatabaseUser: {
        parameters: {
            query?: {
                envelope?: components["parameters"]["envelope"];
                pretty?: components["parameters"]["pretty"];
            };
            header?: never;
            path: {
                groupId: components["parameters"]["groupId"];
                databaseName: string;
                username: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    "RateLimit-Limit": components["headers"]["HeaderRateLimitLimit"];
                    "RateLimit-Remaining": components["headers"]["HeaderRateLimitRemaining"];
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.atlas.2023-01-01+json": components["schemas"]["CloudDatabaseUser"];
                };
            };
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["notFound"];
            429: components["responses"]["tooManyRequests"];
            500: components["responses"]["internalServerError"];
        };
    };
    deleteGroupDatabaseUser: {
        parameters: {
            query?: {
                envelope?: components["parameters"]["envelope"];
                pretty?: components["parameters"]["pretty"];
            };
            header?: never;
            path: {
                groupId: components["parameters"]["groupId"];
                databaseName: string;
                username: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            204: {
                headers: {
                    "RateLimit-Limit": components["headers"]["HeaderRateLimitLimit"];
                    "RateLimit-Remaining": components["headers"]["HeaderRateLimitRemaining"];
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.atlas.2023-01-01+json": unknown;
                };
            };
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["notFound"];
            429: components["responses"]["tooManyRequests"];
            500: components["responses"]["internalServerError"];
        };
    };
    updateGroupDatabaseUser: {
        parameters: {
            query?: {
                envelope?: components["parameters"]["envelope"];
                pretty?: components["parameters"]["pretty"];
            };
            header?: never;
            path: {
                groupId: components["parameters"]["groupId"];
                databaseName: string;
                username: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/vnd.atlas.2023-01-01+json": components["schemas"]["CloudDatabaseUser"];
            };
        };
        responses: {
            200: {
                headers: {
                    "RateLimit-Limit": components["headers"]["HeaderRateLimitLimit"];
                    "RateLimit-Remaining": components["headers"]["HeaderRateLimitRemaining"];
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.atlas.2023-01-01+json": components["schemas"]["CloudDatabaseUser"];
                };
            };
            400: components["responses"]["badRequest"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["notFound"];
            409: components["responses"]["conflict"];
            429: components["responses"]["tooManyRequests"];
            500: components["responses"]["internalServerError"];
        };
    };
    listGroupAccessListEntries: {
        parameters: {
            query?: {
                envelope?: components["parameters"]["envelope"];
                includeCount?: components["parameters"]["includeCount"];
                itemsPerPage?: components["parameters"]["itemsPerPage"];
                pageNum?: components["parameters"]["pageNum"];
                pretty?: components["parameters"]["pretty"];
            };
            header?: never;
            path: {
                groupId: components["parameters"]["groupId"];
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    "RateLimit-Limit": components["headers"]["HeaderRateLimitLimit"];
                    "RateLimit-Remaining": components["headers"]["HeaderRateLimitRemaining"];
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.atlas.2023-01-01+json": components["schemas"]["PaginatedNetworkAccessView"];
                };
            };
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["notFound"];
            429: components["responses"]["tooManyRequests"];
            500: components["responses"]["internalServerError"];
        };
    };
    createGroupAccessListEntry: {
        parameters: {
            query?: {
                envelope?: components["parameters"]["envelope"];
                includeCount?: components["parameters"]["includeCount"];
                itemsPerPage?: components["parameters"]["itemsPerPage"];
                pageNum?: components["parameters"]["pageNum"];
                pretty?: components["parameters"]["pretty"];
            };
            header?: never;
            path: {
                groupId: components["parameters"]["groupId"];
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/vnd.atlas.2023-01-01+json": components["schemas"]["NetworkPermissionEntry"][];
            };
        };
        responses: {
            200: {
                headers: {
                    "RateLimit-Limit": components["headers"]["HeaderRateLimitLimit"];
                    "RateLimit-Remaining": components["headers"]["HeaderRateLimitRemaining"];
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.atlas.2023-01-01+json": components["schemas"]["PaginatedNetworkAccessView"];
                };
            };
            400: components["responses"]["badRequest"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["notFound"];
            429: components["responses"]["tooManyRequests"];
            500: components["responses"]["internalServerError"];
        };
    };
    getGroupAccessListStatus: {
        parameters: {
            query?: {
                envelope?: components["parameters"]["envelope"];
                pretty?: components["parameters"]["pretty"];
            };
            header?: never;
            path: {
                groupId: components["parameters"]["groupId"];
                entryValue: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            200: {
                headers: {
                    "RateLimit-Limit": components["headers"]["HeaderRateLimitLimit"];
                    "RateLimit-Remaining": components["headers"]["HeaderRateLimitRemaining"];
                    [name: string]: unknown;
                };
                content: {
                    "application/vnd.atlas.2023-01-01+json": components["schemas"]["NetworkPermissionEntryStatus"];
                };
            };
            400: components["responses"]["badRequest"];
            401: components["responses"]["unauthorized"];
            403: components["responses"]["forbidden"];
            404: components["responses"]["notFound"];
            429: components["responses"]["tooManyRequests"];
            500: components["responses"]["internalServerError"];
        };
    };
}
type WithRequired<T, K extends keyof T> = T & {
    [P in K]-?: T[P];
};
