using DeltaStream.Testing;

namespace XunitTests;

public sealed class FirstTest(DeltaStreamFixture deltaStream) : IClassFixture<DeltaStreamFixture>
{
    [Fact]
    public async Task A_customer_gets_a_store()
    {
        var onboarding = new Onboarding(deltaStream.Client);
        Assert.True(await onboarding.AddAsync("acme", "db.acme.example", "any password"));
    }
}
