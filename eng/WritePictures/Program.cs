using DeltaStream.WritePictures;

// eng/write-pictures: runs a program on a terminal, and writes or checks the picture of what it shows.
if (args is not [("--write" or "--check") and var mode, var file, var title, var program, .. var arguments])
{
    Console.Error.WriteLine("usage: WritePictures --write|--check FILE TITLE PROGRAM [ARGUMENT]...");
    return 2;
}

var screen = Screen.AfterRun(program, arguments);
if (mode == "--write")
{
    File.WriteAllText(file, Picture.Of(screen, title));
    return 0;
}

var (shown, now) = (Picture.StableText(File.ReadAllText(file)), Picture.StableText(screen));
if (shown == now)
{
    return 0;
}

Console.Error.WriteLine($"{file} shows\n{shown}\nand the program\n{now}\nRun eng/write-pictures.");
return 1;
