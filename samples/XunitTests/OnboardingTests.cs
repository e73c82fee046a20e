using DeltaStream.Emulator;
using DeltaStream.Testing;

namespace XunitTests;

/// <summary>One password logs in. A store is provisioning for two minutes, for which no test waits.</summary>
public sealed class Billing() : DeltaStreamFixture(new() { Emulator = s_emulator })
{
    private static readonly Dictionary<string, string> s_reader = new() { ["postgres.password"] = "right" };

    private static readonly DeltaStreamEmulatorOptions s_emulator = new()
    {
        ProvisionDelay = TimeSpan.FromMinutes(2),
        Accounts = [new() { Type = "POSTGRESQL", Parameters = s_reader }],
    };
}

public sealed class OnboardingTests(Billing deltaStream) : IClassFixture<Billing>
{
    private readonly Onboarding _onboarding = new(deltaStream.Client);

    [Fact]
    public async Task A_customer_gets_a_store_that_is_ready() =>
        Assert.True(await _onboarding.AddAsync("acme", "db.acme.example", "right"));

    [Fact]
    public async Task Nothing_is_left_of_a_customer_whose_password_is_wrong()
    {
        Assert.False(await _onboarding.AddAsync("mistaken", "db.mistaken.example", "wrong"));
        Assert.Null(await deltaStream.Client.GetAsync("mistaken-billing"));
    }
}
