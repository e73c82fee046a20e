using System.CommandLine;
using DeltaStream.WritePictures;

var images = new Option<string>("--images")
{
    Description = "The folder of the pictures.",
    HelpName = "folder",
    Required = true,
};
var check = new Option<bool>("--check") { Description = "Writes nothing and says what is stale." };
var command = new RootCommand(
    "write-pictures: runs programs on a terminal, and writes pictures of what they show. Exit codes: 0 current, 1 stale, 2 wrong arguments."
)
{
    images,
    check,
};
command.SetAction(given => RunAsync(given.GetRequiredValue(images), given.GetValue(check)));
var parsed = command.Parse(args);
var exit = await parsed.InvokeAsync(new() { EnableDefaultExceptionHandler = false }).ConfigureAwait(false);
return parsed.Errors.Count > 0 ? 2 : exit;

static async Task<int> RunAsync(string folder, bool isCheck)
{
    var exit = 0;
    foreach (var recording in Recording.All)
    {
        var file = Path.Combine(folder, recording.File);
        var screen = await recording.RunAsync().ConfigureAwait(false);
        if (!isCheck)
        {
            File.WriteAllText(file, Picture.Of(screen, recording.Title));
            continue;
        }

        var (shown, now) = (Picture.StableText(File.ReadAllText(file)), Picture.StableText(screen));
        if (shown != now)
        {
            Console.Error.WriteLine($"{file} shows\n{shown}\nand the program\n{now}\nRun eng/write-pictures.");
            exit = 1;
        }
    }

    return exit;
}
