using DeltaStream.Sdk;
using DeltaStream.Sdk.Declarations;
using DeltaStream.Stores.Tool.Output;

namespace DeltaStream.Stores.Tool.Reading;

/// <summary>Reads the declarations of files and folders, and finds everything that is wrong with them.</summary>
internal sealed class DeclarationFiles
{
    /// <summary>The name of the schema that editors read.</summary>
    public const string Schema = "store.schema.json";

    private static readonly string[] s_yaml = [".yaml", ".yml"];

    // A link may lead back up.
    private static readonly EnumerationOptions s_below = new()
    {
        RecurseSubdirectories = true,
        MaxRecursionDepth = 3,
        AttributesToSkip = FileAttributes.Hidden | FileAttributes.System | FileAttributes.ReparsePoint,
    };

    private readonly Func<string, Func<string, string?>> _variables;
    private readonly List<StoreArgs> _stores = [];
    private readonly List<DeclaredStore> _declared = [];
    private readonly List<Fault> _faults = [];
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    private DeclarationFiles(Func<string, Func<string, string?>> variables) => _variables = variables;

    /// <summary>The valid declarations, in the order of the files.</summary>
    public IReadOnlyList<StoreArgs> Stores => _stores;

    /// <summary>The same, and where each is.</summary>
    public IReadOnlyList<DeclaredStore> Declared => _declared;

    /// <summary>The names of all stores that could be read, valid or not.</summary>
    public IReadOnlySet<string> Names => _names.Keys.ToHashSet(StringComparer.Ordinal);

    /// <summary>All that is wrong, and warnings.</summary>
    public IReadOnlyList<Fault> Faults => _faults;

    /// <summary>Whether nothing is wrong.</summary>
    public bool IsValid => _faults.TrueForAll(f => f.IsWarning);

    /// <summary>Reads files, and the declarations of folders in the order of their names.</summary>
    /// <param name="paths">The files and folders.</param>
    /// <param name="variables">Gives, for a folder, what reads the environment variables that its declarations point to.</param>
    public static DeclarationFiles Read(IReadOnlyList<string> paths, Func<string, Func<string, string?>> variables)
    {
        var files = new DeclarationFiles(variables);
        var folders = paths.Where(Directory.Exists).Select(Normal).ToHashSet(StringComparer.Ordinal);
        foreach (var path in paths)
        {
            if (Directory.Exists(path))
            {
                files.ReadFolder(path);
                files.WarnOfFoldersIn(path, folders);
            }
            else if (File.Exists(path))
            {
                files.ReadFile(path);
            }
            else
            {
                files.Fail(path, "There is no such file or folder: check the path");
            }
        }

        return files;
    }

    /// <summary>The folder of declarations: of a file, the one that holds it.</summary>
    public static string FolderOf(string path) =>
        Directory.Exists(path) ? path : Path.GetDirectoryName(Path.GetFullPath(path))!;

    /// <summary>The file of a declaration of its own.</summary>
    public static string PathFor(string folder, string store)
    {
        var path = Path.Combine(folder, Uri.EscapeDataString(store) + ".json");
        return IsDeclaration(path) ? path : Path.Combine(folder, $"store-{Path.GetFileName(path)}");
    }

    /// <summary>Whether a file of a folder of declarations holds some: states, schemas and plans don't.</summary>
    public static bool IsDeclaration(string path)
    {
        var name = Path.GetFileName(path);
        return (name.EndsWith(".json", StringComparison.OrdinalIgnoreCase) || IsYaml(name))
            && !name.StartsWith('.')
            && !name.Equals("plan.json", StringComparison.OrdinalIgnoreCase)
            && !Array.Exists(
                [".state.json", ".schema.json", ".plan.json"],
                e => name.EndsWith(e, StringComparison.OrdinalIgnoreCase)
            );
    }

    private static bool IsYaml(string path) =>
        s_yaml.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    private void ReadFolder(string folder)
    {
        var files = Directory.GetFiles(folder).Where(IsDeclaration).Order(StringComparer.Ordinal).ToArray();
        if (files.Length == 0)
        {
            Fail(
                folder,
                "The folder holds no declarations (*.json, *.yaml, *.yml): 'deltastream-stores init' writes an example, and a file with [] declares no store"
            );
        }

        foreach (var file in files)
        {
            ReadFile(file);
        }
    }

    // Who sorts declarations into sub-folders expects that they are read, and a store that is missing is hard to see.
    private void WarnOfFoldersIn(string folder, HashSet<string> folders)
    {
        var unread = Directory
            .EnumerateDirectories(folder)
            .Where(d => !Path.GetFileName(d).StartsWith('.'))
            .Where(d =>
                Directory
                    .EnumerateFiles(d, "*", s_below)
                    .Any(f => IsDeclaration(f) && !folders.Contains(Normal(Path.GetDirectoryName(f)!)))
            )
            .Select(Path.GetFileName)
            .Order(StringComparer.Ordinal)
            .ToArray();
        if (unread.Length > 0)
        {
            var message =
                $"Sub-folders are not read, and these hold JSON or YAML: {string.Join(", ", unread)}. Run the command for each of them, or move declarations up";
            _faults.Add(new Fault(folder, 0, 0, string.Empty, "file", message, IsWarning: true));
        }
    }

    private static string Normal(string folder) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));

    private void ReadFile(string file)
    {
        var shown = Path.GetRelativePath(Environment.CurrentDirectory, Path.GetFullPath(file));
        var options = new StoreDeclarationOptions
        {
            Directory = Path.GetDirectoryName(Path.GetFullPath(file))!,
            Variable = _variables(Path.GetDirectoryName(Path.GetFullPath(file))!),
        };
        StoreDeclarations read;
        try
        {
            var bytes = File.ReadAllBytes(file);
            read = IsYaml(file) ? YamlDeclarations.Read(bytes, options) : StoreDeclarations.ReadUtf8(bytes, options);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            Fail(shown, $"The file can't be read: {e.Message}");
            return;
        }

        var faults = read
            .Faults.Select(f => new Fault(shown, f.Line, f.Column, f.Path, f.Code, f.Message, f.IsWarning))
            .ToList();

        foreach (var (name, place) in read.Places)
        {
            if (!_names.TryAdd(name, shown))
            {
                var message =
                    $"Two files declare the store '{name}', the other is {_names[name]}: rename or remove one of them";
                faults.Add(
                    new Fault(shown, place.Line, place.Column, name, StoreValidationCodes.NotSupported, message)
                );
            }
        }

        _faults.AddRange(faults.OrderBy(f => (f.Line, f.Column)));

        foreach (var store in read.Stores)
        {
            _stores.Add(store);
            _declared.Add(new DeclaredStore(store.Name, store.Subtype.Name, shown));
        }
    }

    private void Fail(string path, string message) => _faults.Add(new Fault(path, 0, 0, string.Empty, "file", message));
}
