using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace DeltaStream.Site.Tests.Browsing;

/// <summary>A headless Chromium with one page, driven over its DevTools protocol.</summary>
internal sealed class Browser : IAsyncDisposable
{
    private const string Announcement = "DevTools listening on ";

    // Far more than a page of the site takes.
    private static readonly TimeSpan s_patience = TimeSpan.FromMinutes(2);

    private readonly ClientWebSocket _socket = new();
    private readonly CancellationTokenSource _patience = new(s_patience);
    private readonly Process _process;
    private readonly string _profile;
    private readonly List<string> _complaints = [];
    private readonly List<Uri> _requests = [];
    private bool _isLoaded;
    private string? _session;
    private int _last;

    private Browser(Process process, string profile) => (_process, _profile) = (process, profile);

    /// <summary>What the browser's console has as an error, and what scripts threw.</summary>
    public IReadOnlyList<string> Complaints => _complaints;

    /// <summary>What was asked of servers.</summary>
    public IReadOnlyList<Uri> Requests => _requests;

    public static async Task<Browser> StartAsync()
    {
        var profile = Directory.CreateTempSubdirectory("deltastream-site-").FullName;
        var process = Process.Start(
            new ProcessStartInfo(
                "chromium",
                [
                    "--headless",
                    // It shows our own pages, and may run as root in a container, where there is no sandbox.
                    "--no-sandbox",
                    "--disable-dev-shm-usage",
                    "--disable-gpu",
                    "--remote-debugging-port=0",
                    $"--user-data-dir={profile}",
                    "about:blank",
                ]
            )
            {
                RedirectStandardError = true,
            }
        )!;
        var browser = new Browser(process, profile);
        try
        {
            await browser.ConnectAsync();
            return browser;
        }
        catch
        {
            await browser.DisposeAsync();
            throw;
        }
    }

    /// <summary>Opens a page, and waits until it is loaded.</summary>
    public async Task OpenAsync(Uri page)
    {
        _isLoaded = false;
        await SendAsync("Page.navigate", new() { ["url"] = page.ToString() });
        while (!_isLoaded)
        {
            Take(await ReceiveAsync());
        }
    }

    /// <summary>Waits until an expression of JavaScript is true, looking at each change of the page.</summary>
    public async Task UntilAsync(string condition) =>
        await EvaluateAsync(
            $$"""
            new Promise(resolve => {
              const look = () => ({{condition}}) && resolve(true);
              new MutationObserver(look).observe(document, { attributes: true, childList: true, subtree: true });
              look();
            })
            """
        );

    /// <summary>The value of an expression of JavaScript.</summary>
    public async Task<JsonNode?> EvaluateAsync(string expression)
    {
        var answer = await SendAsync(
            "Runtime.evaluate",
            new()
            {
                ["expression"] = expression,
                ["awaitPromise"] = true,
                ["returnByValue"] = true,
            }
        );
        Assert.True(answer["exceptionDetails"] is null, answer.ToJsonString());
        return answer["result"]!["value"];
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Dispose();
        _patience.Dispose();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_profile, recursive: true);
    }

    private async Task ConnectAsync()
    {
        var listening = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        _process.ErrorDataReceived += (_, said) =>
        {
            if (said.Data is null)
            {
                listening.TrySetException(new InvalidOperationException("Chromium ended at once."));
            }
            else if (said.Data.StartsWith(Announcement, StringComparison.Ordinal))
            {
                listening.TrySetResult(new Uri(said.Data[Announcement.Length..]));
            }
        };
        _process.BeginErrorReadLine();
        await _socket.ConnectAsync(await listening.Task.WaitAsync(_patience.Token), _patience.Token);
        var targets = await SendAsync("Target.getTargets", []);
        var page = targets["targetInfos"]!.AsArray().First(t => (string)t!["type"]! == "page")!["targetId"]!;
        var attached = await SendAsync(
            "Target.attachToTarget",
            new() { ["targetId"] = (string)page!, ["flatten"] = true }
        );
        _session = (string)attached["sessionId"]!;
        foreach (var domain in new[] { "Page", "Runtime", "Log", "Network" })
        {
            await SendAsync($"{domain}.enable", []);
        }
    }

    private async Task<JsonObject> SendAsync(string method, JsonObject parameters)
    {
        var message = new JsonObject
        {
            ["id"] = ++_last,
            ["method"] = method,
            ["params"] = parameters,
        };
        if (_session is not null)
        {
            message["sessionId"] = _session;
        }

        await _socket.SendAsync(
            JsonSerializer.SerializeToUtf8Bytes(message),
            WebSocketMessageType.Text,
            endOfMessage: true,
            _patience.Token
        );
        while (true)
        {
            var received = await ReceiveAsync();
            if ((int?)received["id"] == _last)
            {
                Assert.True(received["error"] is null, $"{method}: {received.ToJsonString()}");
                return received["result"]!.AsObject();
            }

            Take(received);
        }
    }

    private async Task<JsonObject> ReceiveAsync()
    {
        using var whole = new MemoryStream();
        var part = new byte[64 * 1024];
        ValueWebSocketReceiveResult result;
        do
        {
            result = await _socket.ReceiveAsync(part.AsMemory(), _patience.Token);
            whole.Write(part.AsSpan(0, result.Count));
        } while (!result.EndOfMessage);

        return JsonNode.Parse(whole.ToArray())!.AsObject();
    }

    // What happens by itself.
    private void Take(JsonObject message)
    {
        var said = message["params"]!;
        switch ((string)message["method"]!)
        {
            case "Runtime.exceptionThrown":
            case "Runtime.consoleAPICalled" when (string)said["type"]! is "error" or "assert":
            case "Log.entryAdded" when (string)said["entry"]!["level"]! == "error":
            case "Network.loadingFailed":
                _complaints.Add(said.ToJsonString());
                break;
            case "Network.requestWillBeSent":
                _requests.Add(new Uri((string)said["request"]!["url"]!));
                break;
            case "Page.loadEventFired":
                _isLoaded = true;
                break;
        }
    }
}
