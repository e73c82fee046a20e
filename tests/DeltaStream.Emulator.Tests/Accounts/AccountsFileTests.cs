using DeltaStream.Emulator.Accounts;

namespace DeltaStream.Emulator.Tests.Accounts;

public sealed class AccountsFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("deltastream-emulator-");

    public void Dispose() => _folder.Delete(recursive: true);

    private string Write(string json)
    {
        var path = Path.Combine(_folder.FullName, "accounts.json");
        File.WriteAllText(path, json);
        return path;
    }

    [Fact]
    public void Accounts_are_read_with_comments_and_trailing_commas()
    {
        var accounts = AccountsFile.Read(
            Write(
                """
                [
                  // The broker's own user.
                  { "type": "KAFKA", "parameters": { "kafka.sasl.username": "u", "kafka.sasl.password": "p", } },
                ]
                """
            )
        );
        var account = Assert.Single(accounts);
        Assert.Equal("KAFKA", account.Type);
        Assert.Equal("p", account.Parameters["kafka.sasl.password"]);
    }

    [Theory]
    [InlineData("{", 1)]
    [InlineData("[\n{ \"type\": \"KAFKA\", \"parameters\": \"hunter2\" } ]", 2)]
    [InlineData("[\n\n{ \"type\": \"KAFKA\" } ]", 3)]
    [InlineData("[ { \"type\": 1, \"parameters\": { \"a\": \"hunter2\" } } ]", 1)]
    public void A_file_of_another_form_is_told_by_its_line(string json, int line)
    {
        var path = Write(json);
        var e = Assert.Throws<InvalidDataException>(() => AccountsFile.Read(path));
        Assert.Equal(
            $"The accounts file '{path}' is not understood at line {line}: it is an array of {{ \"type\": ..., \"parameters\": {{ ... }} }}.",
            e.Message
        );
        Assert.DoesNotContain("hunter2", e.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("[ null ]")]
    [InlineData("[ { \"type\": null, \"parameters\": null } ]")]
    [InlineData("[ { \"type\": \"KAFKA\", \"parameters\": { \"kafka.sasl.username\": null } } ]")]
    public void Nothing_where_something_belongs_is_refused(string json) =>
        Assert.Throws<InvalidDataException>(() => AccountsFile.Read(Write(json)));

    [Fact]
    public void A_file_that_is_not_there_can_not_be_read() =>
        Assert.ThrowsAny<IOException>(() => AccountsFile.Read(Path.Combine(_folder.FullName, "none.json")));
}
