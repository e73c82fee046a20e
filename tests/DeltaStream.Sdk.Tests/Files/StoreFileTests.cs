using System.Text;

namespace DeltaStream.Sdk.Tests.Files;

public sealed class StoreFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("store-file").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_same_content_is_the_same_file_wherever_it_comes_from()
    {
        var path = Path.Combine(_folder, "ca.pem");
        File.WriteAllText(path, Declarations.Pem);

        Assert.Equal(StoreFile.FromText(Declarations.Pem), StoreFile.FromPath(path));
        Assert.Equal(
            StoreFile.FromText(Declarations.Pem).GetHashCode(),
            StoreFile.FromBytes(Encoding.UTF8.GetBytes(Declarations.Pem)).GetHashCode()
        );
    }

    [Fact]
    public void It_is_read_once()
    {
        var path = Path.Combine(_folder, "ca.pem");
        File.WriteAllText(path, "before");
        var file = StoreFile.FromPath(path);
        File.WriteAllText(path, "after");

        Assert.Equal("before"u8.ToArray(), file.Reveal().ToArray());
        Assert.NotEqual(file, StoreFile.FromPath(path));
    }

    [Fact]
    public void Its_text_shows_the_size_only() =>
        Assert.Equal("StoreFile(6 bytes)", StoreFile.FromText("secret").ToString());

    [Fact]
    public void It_is_bounded()
    {
        var path = Path.Combine(_folder, "big");
        File.WriteAllBytes(path, new byte[StoreFile.MaxBytes + 1]);

        var exception = Assert.Throws<InvalidDataException>(() => StoreFile.FromPath(path));

        Assert.Equal(
            $"The file '{path}' is larger than 1048576 bytes, the most that a store's file may have.",
            exception.Message
        );
        Assert.Throws<InvalidDataException>(() => StoreFile.FromBytes(new byte[StoreFile.MaxBytes + 1]));
        Assert.Equal(StoreFile.MaxBytes, StoreFile.FromBytes(new byte[StoreFile.MaxBytes]).Length);
    }

    [Fact]
    public void A_file_that_is_not_there_is_named()
    {
        var exception = Assert.Throws<FileNotFoundException>(() =>
            StoreFile.FromPath(Path.Combine(_folder, "none.pem"))
        );

        Assert.Contains("none.pem", exception.Message, StringComparison.Ordinal);
    }
}
