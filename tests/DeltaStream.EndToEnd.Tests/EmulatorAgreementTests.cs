using System.Text;
using DeltaStream.Data;
using DeltaStream.Declarations;
using DeltaStream.Emulator;
using DeltaStream.EndToEnd.Tests.Specs;
using DeltaStream.Sdk;
using DeltaStream.Sdk.Generator.Specs;
using DeltaStream.Sdk.Statements;

namespace DeltaStream.EndToEnd.Tests;

/// <summary>The emulator, which has its own checks, says of a value what the SDK says.</summary>
public sealed class EmulatorAgreementTests : IAsyncLifetime
{
    private const string Invalid = "3D008";

    private const string Provisioned = "42P05";

    private DeltaStreamEmulator _emulator = null!;
    private DeltaStreamDataSource _source = null!;
    private int _created;

    public async Task InitializeAsync()
    {
        _emulator = await DeltaStreamEmulator.StartAsync(new DeltaStreamEmulatorOptions());
        _source = DeltaStreamDataSource.Create(_emulator.RestConnectionString);
    }

    public async Task DisposeAsync()
    {
        await _source.DisposeAsync();
        await _emulator.DisposeAsync();
    }

    [Fact]
    public async Task Of_values_as_people_in_the_field_have_them()
    {
        foreach (var (subtype, property, value) in RealWorldValues.All)
        {
            var declaration = RealWorldValues.Declare(ValuesOf(subtype), property, value);

            Assert.Null(await RefusalAsync(declaration));
        }
    }

    [Fact]
    public async Task Of_every_awkward_address()
    {
        var random = new Random(20261127);
        var (taken, refused) = (0, 0);
        foreach (var subtype in StoreSubtypes.All.Select(s => s.Name))
        {
            var values = ValuesOf(subtype);
            if (
                values.Spec.Properties.FirstOrDefault(p => p.Kind == PropertyKind.Uris || p.Address) is not { } property
            )
            {
                continue;
            }

            var right = Completion.Of(Declaration.Of(values.Spec, "x"), values, out _)!;
            var uri = property.Uri ?? new UriSpec { Schemes = new[] { "s3" }.ToEquatableArray(), Path = "any" };
            for (var i = 0; i < 150; i++)
            {
                // Most parts are right, or else no address would be.
                var address =
                    Pick(AwkwardValues.Schemes, uri.Schemes.Count > 0 ? $"{uri.Schemes[0]}://" : "", rightOf4: 3)
                    + Pick(AwkwardValues.Hosts, "h", rightOf4: 3)
                    + Pick(AwkwardValues.Ports, ":1", rightOf4: 3)
                    + Pick(AwkwardValues.Paths, uri.Path == "segment" ? "/d" : "", rightOf4: 2)
                    + Pick(AwkwardValues.Tails, "", rightOf4: 2);
                var declaration = right.With(property, address);
                var isRight = declaration.IsRight;
                Assert.True(
                    isRight == await IsTakenAsync(declaration),
                    $"{subtype}: {Shown(address)} {Said(declaration)}"
                );
                taken += isRight ? 1 : 0;
                refused += isRight ? 0 : 1;
            }
        }

        Assert.True(taken > 100 && refused > 100, $"{taken} right ones and {refused} wrong ones say too little.");

        string Pick(IReadOnlyList<string> all, string right, int rightOf4) =>
            random.Next(4) < rightOf4 ? right : all[random.Next(all.Count)];
    }

    [Fact]
    public async Task Of_every_awkward_text()
    {
        foreach (var text in AwkwardValues.Texts.Concat(AwkwardValues.Flags))
        {
            foreach (var subtype in new[] { "kafka", "postgres", "snowflake" })
            {
                var values = ValuesOf(subtype);
                var right = Completion.Of(Declaration.Of(values.Spec, "x"), values, out _)!;
                foreach (
                    var property in values.Spec.Properties.Where(p =>
                        right.Has(p) && p is { Kind: PropertyKind.String or PropertyKind.Identifier }
                        || p.Name == "description"
                    )
                )
                {
                    var declaration = right.With(property, text);
                    Assert.True(
                        declaration.IsRight == await IsTakenAsync(declaration),
                        $"{subtype}.{property.Name}: {Shown(text)} {Said(declaration)}"
                    );
                }

                var named = right.With("Name", text);
                Assert.True(
                    named.IsRight == await IsTakenAsync(named, named.Name),
                    $"name: {Shown(text)} {Said(named)}"
                );
            }
        }
    }

    [Fact]
    public async Task Of_every_awkward_file()
    {
        var (taken, refused) = (0, 0);
        foreach (var subtype in new[] { "kafka", "postgres", "snowflake" })
        {
            var values = ValuesOf(subtype);
            var files = values.Spec.Properties.Where(p => p.Kind == PropertyKind.File).ToArray();
            var right = files.Aggregate(
                Completion.Of(Declaration.Of(values.Spec, "x"), values, out _)!,
                (d, p) => d.With(p, values.Of(p))
            );
            Assert.True(right.IsRight, Said(right));
            foreach (var property in files)
            {
                foreach (var content in AwkwardValues.Files)
                {
                    var declaration = right.With(property, content);
                    var isRight = declaration.IsRight;
                    Assert.True(
                        isRight == await IsTakenAsync(declaration),
                        $"{subtype}.{property.Name}: {Shown(content)} {Said(declaration)}"
                    );
                    taken += isRight ? 1 : 0;
                    refused += isRight ? 0 : 1;
                }
            }
        }

        Assert.True(taken > 20 && refused > 100, $"{taken} right ones and {refused} wrong ones say too little.");
    }

    [Theory]
    [InlineData("X509 CERTIFICATE")]
    [InlineData("X.509 CERTIFICATE")]
    public async Task Of_a_certificate_under_its_older_label_that_another_client_sends(string label)
    {
        var file = Convert.ToBase64String(Encoding.ASCII.GetBytes(RightValues.Block(label)));
        await using var command = _source.CreateCommand(
            $"CREATE STORE s WITH ('type' = KAFKA, 'uris' = 'b:1', 'kafka.sasl.hash_function' = NONE, 'tls.ca_cert_file' = '{file}')"
        );

        await command.ExecuteNonQueryAsync();
    }

    [Fact]
    public async Task Of_random_files()
    {
        string[] pieces =
        [
            "-----BEGIN CERTIFICATE-----",
            "-----END CERTIFICATE-----",
            "-----BEGIN ",
            "-----END ",
            "CERTIFICATE",
            "-----",
            "-",
            "AAAA",
            "AA==",
            "AAB=",
            " ",
            "\n",
            "\n",
            "é",
            "\ufeff",
            "\n-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
        ];
        var random = new Random(20261127);
        var values = ValuesOf("kafka");
        var right = Completion.Of(Declaration.Of(values.Spec, "x"), values, out _)!;
        var property = values.Spec.Properties.Single(p => p.Name == "tlsCaCertFile");
        for (var i = 0; i < 400; i++)
        {
            var content = string.Concat(
                Enumerable.Range(0, random.Next(7)).Select(_ => pieces[random.Next(pieces.Length)])
            );
            var declaration = right.With(property, content);
            Assert.True(
                declaration.IsRight == await IsTakenAsync(declaration),
                $"{Shown(content)} {Said(declaration)}"
            );
        }
    }

    [Fact]
    public async Task Of_every_rule_about_a_text_or_an_address()
    {
        foreach (var subtype in StoreSubtypes.All.Select(s => s.Name))
        {
            var values = ValuesOf(subtype);
            foreach (
                var one in new RuleCases(values)
                    .All()
                    .Where(c =>
                        c.Id == "DS2003"
                        && values.Spec.Properties.FirstOrDefault(p => p.Name == c.Property)
                            is { Kind: PropertyKind.String or PropertyKind.Identifier or PropertyKind.Uris }
                    )
            )
            {
                Assert.True(await IsTakenAsync(one.Right), $"{subtype}.{one.Property} {one.Rule}");
                Assert.False(await IsTakenAsync(one.Wrong), $"{subtype}.{one.Property} {one.Rule}");
            }
        }
    }

    private static RightValues ValuesOf(string subtype) => new(StoreSpecFile.Read(CanaryValues.Folder, subtype));

    private static string Said(Declaration declaration) =>
        string.Join("; ", declaration.Validate().Select(f => f.Message));

    private static string Shown(string text) => System.Text.Json.JsonSerializer.Serialize(text);

    private async Task<bool> IsTakenAsync(Declaration declaration, string? name = null) =>
        await RefusalAsync(declaration, name) is null;

    /// <summary>What the emulator says of a CREATE that nobody has checked; null when it makes the store.</summary>
    private async Task<string?> RefusalAsync(Declaration declaration, string? name = null)
    {
        // What no statement can carry never gets there.
        if (Record.Exception(() => Text(declaration)) is StoreValidationException unwritable)
        {
            return unwritable.Message;
        }

        await using var command = _source.CreateCommand(Text(declaration));
        try
        {
            await command.ExecuteNonQueryAsync();
            return null;
        }
        catch (DeltaStreamException refused) when (refused.SqlState is Invalid or "42601" or Provisioned)
        {
            return refused.SqlState == Provisioned ? null : refused.Message;
        }

        string Text(Declaration one) =>
            StoreStatement
                .Create((name is null && one.Name == "x" ? one.With("Name", $"x{_created++}") : one).ToStore())
                .Reveal();
    }
}
