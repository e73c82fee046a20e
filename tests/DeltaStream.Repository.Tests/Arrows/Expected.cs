namespace DeltaStream.Repository.Tests.Arrows;

/// <summary>The arrows of the house, drawn in docs/architecture.md.</summary>
internal static class Expected
{
    /// <summary>Between projects.</summary>
    public const string Projects = """
        DeltaStream.Aspire.Hosting -> DeltaStream.Emulator
        DeltaStream.Emulator.Tool -> DeltaStream.Emulator
        DeltaStream.Pulumi -> DeltaStream.Sdk.Npgsql
        DeltaStream.Sdk -> DeltaStream.Data, DeltaStream.Sdk.CodeFixes, DeltaStream.Sdk.Generator
        DeltaStream.Sdk.CodeFixes -> DeltaStream.Sdk.Generator
        DeltaStream.Sdk.Hosting -> DeltaStream.Sdk
        DeltaStream.Sdk.Npgsql -> DeltaStream.Sdk
        DeltaStream.Stores.Tool -> DeltaStream.Sdk.Npgsql
        DeltaStream.Testing -> DeltaStream.Emulator, DeltaStream.Sdk.Npgsql
        ShipSpecs -> SpecFiles
        SpecFiles -> DeltaStream.Sdk.Generator
        WriteDocs -> DeltaStream.Declarations, DeltaStream.Sdk, DeltaStream.Sdk.Generator, SpecFiles
        WritePictures -> DeltaStream.Emulator, DeltaStream.Stores.Tool, Quickstart
        """;

    /// <summary>Between the folders of each project. A project whose files use no other folder has no entry.</summary>
    public static IReadOnlyDictionary<string, string> Folders { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["eng/WriteDocs"] = """
                (root) -> Pages, Rules, Schemas, Stores
                Rules -> Pages
                Schemas -> Pages, Words
                Stores -> Pages, Stores/Examples, Words
                """,
            ["generator/DeltaStream.Sdk.Generator"] = """
                (root) -> Diagnostics, Emission, Evolution, Reading, Specs
                Analysis -> (shared), Diagnostics, Specs
                Diagnostics -> Specs
                Emission -> Specs
                Evolution -> Diagnostics, Json, Reading, Specs
                Reading -> (shared), Diagnostics, Json, Specs
                Specs -> (shared)
                """,
            ["runtime/DeltaStream.Data"] = """
                (root) -> Configuration, Parameters, Reading, Results, Statements, Wire
                Parameters -> Statements
                Reading -> Errors, Results, Secrets, Values
                Results -> Configuration
                Secrets -> Statements
                Telemetry -> Errors
                Wire -> Configuration, Errors, Results, Secrets, Statements, Telemetry
                """,
            ["runtime/DeltaStream.Emulator"] = """
                (root) -> Accounts, Catalog, CommandLine, Execution, Faults, Hosting, Identity, Limits, Logging, Probes, Protocol, Rest, Specs
                Accounts -> Catalog, Specs
                Catalog -> Errors, Identity, Results, Specs, Statements
                CommandLine -> Accounts, Faults, Hosting
                Execution -> Accounts, Catalog, Errors, Faults, Identity, Probes, Results, Specs, Statements
                Faults -> Catalog, Errors, Statements
                Hosting -> Accounts, Identity, Protocol, Rest
                Probes -> (shared), Catalog, Logging, Specs
                Protocol -> Errors, Execution, Identity, Limits, Logging, Results, Specs, Statements
                Rest -> Errors, Execution, Faults, Identity, Limits, Logging, Results, Specs, Statements
                Specs -> Errors, Statements
                Statements -> Errors, Results
                """,
            ["runtime/DeltaStream.Pulumi"] = """
                (root) -> Protocol, Stores
                Stores -> Protocol
                """,
            ["runtime/DeltaStream.Sdk"] = """
                Catalog -> Errors, Quoting, Secrets, Statements, Stores, Subtypes, Telemetry, Transport, Uris
                Client -> Catalog, Errors, Overrides, Planning, Quoting, Readiness, Secrets, Snapshots, Statements, Stores, Subtypes, Telemetry, Transport, Uris, Validation
                Declarations -> Files, Quoting, Stores, Subtypes, Validation, Values
                Errors -> Secrets, Validation
                Overrides -> Quoting, Subtypes
                Planning -> Catalog, Errors, Overrides, Quoting, Readiness, Secrets, Snapshots, Statements, Stores, Subtypes, Writing
                Readiness -> Catalog, Errors, Secrets, Stores, Subtypes, Telemetry
                Snapshots -> Files, Quoting, Secrets, Stores, Subtypes
                Statements -> Files, Overrides, Quoting, Secrets, Stores, Subtypes, Writing
                Stores -> Secrets, Subtypes, Validation, Writing
                Subtypes -> Errors, Files, Validation, Values
                Telemetry -> Errors, Secrets, Statements
                Transport -> Errors, Files, Secrets, Statements, Writing
                Uris -> Quoting
                Validation -> Files, Quoting, Secrets, Uris
                Values -> Errors, Files, Quoting, Secrets, Validation
                Writing -> Errors, Files, Overrides, Quoting, Secrets, Subtypes, Validation
                """,
            ["runtime/DeltaStream.Sdk.Hosting"] = """
                (root) -> Applying, Connection, Health, Options, Settings
                Applying -> Options, Settings
                Connection -> Options, Settings
                Health -> Applying, Connection, Options, Settings
                Settings -> Options
                """,
            ["runtime/DeltaStream.Stores.Tool"] = """
                (root) -> Commands, Output
                Commands -> Connection, Output, Reading
                Reading -> Output
                """,
        };
}
