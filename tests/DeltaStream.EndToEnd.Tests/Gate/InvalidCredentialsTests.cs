using DeltaStream.Declarations;
using DeltaStream.EndToEnd.Tests.Gate.Matrix;
using DeltaStream.EndToEnd.Tests.Specs;
using DeltaStream.Sdk;
using DeltaStream.TestSupport;

namespace DeltaStream.EndToEnd.Tests.Gate;

/// <summary>FR-008: each credential that is wrong surfaces, at creation and in an update, and right ones mend the store.</summary>
public sealed class InvalidCredentialsTests() : GateTest(GateOperation.InvalidCredentials)
{
    [Requirement("FR-008", "FR-009", "FR-010")]
    [Theory]
    [MemberData(nameof(Transports.BySubtype), MemberType = typeof(Transports))]
    public Task Invalid_credentials_surface_and_right_ones_mend_the_store(string subtype, Transport transport) =>
        CellAsync(
            subtype,
            transport,
            async () =>
            {
                await WorldAsync(Ways.Select(w => w.Minimal.AccountOf(w.Credentials)));
                foreach (var way in Ways)
                {
                    // One of its credentials changed to what no account has.
                    var wrong = way
                        .Credentials.SelectMany(p => way.Changed(way.Minimal, p).Select(bad => (Property: p, Bad: bad)))
                        .Where(wrong => !Ways.Any(w => w.Knows(wrong.Bad)))
                        .ToList();
                    Assert.True(
                        wrong.Count > 0,
                        $"nothing of what {Account.FileOf(Spec)} says can be wrong: name the credentials there"
                    );
                    foreach (var (property, bad) in wrong)
                    {
                        await SurfacesAsync(() => Client.CreateAsync(bad.ToStore()));
                        await DeleteAsync();
                        Step();
                        if (property.Mutable)
                        {
                            await IsMendedAsync(way.Minimal, bad);
                        }
                    }
                }
            }
        );

    private async Task IsMendedAsync(Declaration good, Declaration bad)
    {
        await CreateAsync(good);

        await SurfacesAsync(() => Client.UpdateAsync(bad.ToStore(), good.ToStore()));
        Assert.Equal("errored", (await Client.GetAsync(Subtypes.Name))?.State);
        Assert.True((await UpdateAsync(good, bad)).IsReady);

        await DeleteAsync();
        Step();
    }

    private async Task SurfacesAsync(Func<Task> operation)
    {
        var exception = await FailsAsync<StoreErroredException>(operation);

        Assert.Equal(Spec.Subtype, exception.Subtype);
        Assert.StartsWith(
            "authentication failed: the credentials for ",
            exception.StatusMessage,
            StringComparison.Ordinal
        );
        Assert.Contains(exception.StatusMessage!, exception.Message, StringComparison.Ordinal);
    }

    private async Task DeleteAsync() => Assert.True(await Clock.RunAsync(Client.DeleteAsync(Subtypes.Name)));
}
