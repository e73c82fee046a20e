using System.Reflection;
using DeltaStream.Data;
using DeltaStream.Sdk.Hosting.Applying;
using DeltaStream.Sdk.Hosting.Settings;

namespace DeltaStream.Sdk.Hosting.Tests;

/// <summary>A key of the configuration, and the member that it sets.</summary>
/// <param name="Name">The key, below the section of its options.</param>
/// <param name="Member">The member.</param>
/// <param name="IsOfApply">Whether it stands below <c>Apply</c>.</param>
internal sealed record Option(string Name, PropertyInfo Member, bool IsOfApply)
{
    /// <summary>All, in the order of the page.</summary>
    public static IReadOnlyList<Option> All { get; } =
    [
        .. ConnectionReading
            .OfAll.Concat(ConnectionReading.OfRest)
            .Select(s => s.Name)
            .OrderBy(n =>
                n is "Server" ? 0
                : n.StartsWith("Token", StringComparison.Ordinal) ? 1
                : 2
            )
            .ThenBy(n => n, StringComparer.Ordinal)
            .Select(n => new Option(
                n,
                typeof(DeltaStreamHostingOptions).GetProperty(n) ?? typeof(DeltaStreamOptions).GetProperty(n)!,
                IsOfApply: false
            )),
        .. ApplyReading.Settings.Select(s => new Option(
            s.Name,
            typeof(StoreApplyServiceOptions).GetProperty(s.Name)!,
            IsOfApply: true
        )),
    ];

    /// <summary>The key below the section of a client.</summary>
    public string Key => IsOfApply ? $"Apply:{Name}" : Name;

    public string Description => XmlDocs.SummaryOf(Member.DeclaringType!, Member.Name);
}
