using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;
using Microsoft.AspNetCore.TestHost;
using Tessera.Testing;

namespace Tessera.Kernel.Tests.Realtime;

/// <summary>An open window: SignalR's JSON protocol over a WebSocket, as a browser speaks it.</summary>
internal sealed class Window : IAsyncDisposable
{
    private const char End = '\u001e';

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly WebSocket _socket;
    private readonly Channel<(string Name, JsonElement Body)> _messages = Channel.CreateUnbounded<(string, JsonElement)>();
    private readonly Task _reading;

    private Window(WebSocket socket)
    {
        _socket = socket;
        _reading = ReadAsync();
    }

    /// <summary>Names of all messages so far.</summary>
    public ConcurrentQueue<string> Names { get; } = [];

    /// <summary>Completes when the server has closed or dropped the connection.</summary>
    public Task Closed => _reading.WaitAsync(Patience);

    public static async Task<Window> OpenAsync(TestServer server, string? token)
    {
        var socket = await server.CreateWebSocketClient().ConnectAsync(new Uri($"ws://localhost/api/v1/live?access_token={token}"), CancellationToken.None);
        await socket.SendAsync(Encoding.UTF8.GetBytes("{\"protocol\":\"json\",\"version\":1}" + End), WebSocketMessageType.Text, true, CancellationToken.None);
        return new Window(socket);
    }

    /// <summary>The next message of this name that fits; others are passed over.</summary>
    public async Task<JsonElement> HearAsync(string name, Func<JsonElement, bool>? fits = null)
    {
        using var limit = new CancellationTokenSource(Patience);
        while (true)
        {
            var (heard, body) = await _messages.Reader.ReadAsync(limit.Token);
            if (heard == name && fits?.Invoke(body) != false)
            {
                return body;
            }
        }
    }

    /// <summary>All that has come so far and comes until a change of this record is told.</summary>
    public async Task<IReadOnlyList<JsonElement>> ChangesUntilAsync(Guid id)
    {
        using var limit = new CancellationTokenSource(Patience);
        var heard = new List<JsonElement>();
        while (true)
        {
            var (name, body) = await _messages.Reader.ReadAsync(limit.Token);
            if (name == "changed")
            {
                heard.Add(body);
                if (body.GetProperty("id").ValueKind == JsonValueKind.String && body.GetProperty("id").GetGuid() == id)
                {
                    return heard;
                }
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        _socket.Abort();
        await _reading;
        _socket.Dispose();
    }

    private async Task ReadAsync()
    {
        var (buffer, text) = (new byte[16_384], new StringBuilder());
        try
        {
            while (true)
            {
                var part = await _socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    return;
                }

                text.Append(Encoding.UTF8.GetString(buffer, 0, part.Count));
                for (var at = text.ToString().IndexOf(End); at >= 0; at = text.ToString().IndexOf(End))
                {
                    Take(text.ToString(0, at));
                    text.Remove(0, at + 1);
                }
            }
        }
        catch (Exception broken) when (broken is WebSocketException or IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The server dropped the connection.
        }
    }

    private void Take(string message)
    {
        using var document = JsonDocument.Parse(message);
        if (document.RootElement.TryGetProperty("target", out var name))
        {
            Names.Enqueue(name.GetString()!);
            _messages.Writer.TryWrite((name.GetString()!, document.RootElement.GetProperty("arguments")[0].Clone()));
        }
    }
}
