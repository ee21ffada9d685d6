using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Playwright;

namespace Tessera.Browser.Tests;

/// <summary>One browser window and what its pages complained about.</summary>
public sealed class Window : IAsyncDisposable
{
    private readonly IBrowserContext _context;

    public Window(IBrowserContext context, IPage page)
    {
        _context = context;
        Page = page;
        context.Page += (_, opened) => Listen(opened);
        Listen(page);
    }

    public IPage Page { get; }

    public IBrowserContext Context => _context;

    /// <summary>Errors of scripts, and everything the content security policy refused.</summary>
    public ConcurrentQueue<string> Complaints { get; } = new();

    /// <summary>Signs the window in and opens no page yet: whoever goes to one finds the session, as after a reload. The form has journeys of its own.</summary>
    public async Task SignInAsync(Desk desk, string? email = null)
    {
        var answer = await _context.APIRequest.PostAsync("/api/v1/auth/login", new() { DataObject = new { email = email ?? desk.AdminEmail, password = Product.Password } });
        Assert.True(answer.Ok, $"Signing in answered {answer.Status}: {await answer.TextAsync()}");
    }

    /// <summary>Signs in as people do, and ends on their dashboard.</summary>
    public async Task SignInByFormAsync(Desk desk, string? email = null)
    {
        await Page.GotoAsync("/login");
        await Page.GetByLabel("E-mail").FillAsync(email ?? desk.AdminEmail);
        await Page.GetByLabel("Password", new PageGetByLabelOptions { Exact = true }).FillAsync(Product.Password);
        await Page.GetByRole(AriaRole.Button, new PageGetByRoleOptions { Name = "Sign in", Exact = true }).ClickAsync();
        await Page.WaitForURLAsync(url => !url.Contains("/login", StringComparison.Ordinal));
    }

    /// <summary>The row of a list whose text contains the given words.</summary>
    public ILocator Row(string text) => Page.GetByRole(AriaRole.Row).Filter(new LocatorFilterOptions { HasText = text });

    /// <summary>Violations of accessibility rules axe-core finds on the page as it is now.</summary>
    public async Task<IReadOnlyList<string>> AccessibilityFaultsAsync(Product product)
    {
        await Page.EvaluateAsync(product.Package("axe-core/axe.min.js"));
        var found = await Page.EvaluateAsync<JsonElement>(
            "axe.run(document, { resultTypes: ['violations'], runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] }).then(r => r.violations.map(v => v.id + ': ' + v.nodes.map(n => n.target.join(' ')).join(' | ')))");
        return [.. found.EnumerateArray().Select(fault => fault.GetString()!)];
    }

    public ValueTask DisposeAsync() => _context.DisposeAsync();

    private void Listen(IPage page)
    {
        page.PageError += (_, error) => Complaints.Enqueue(error);
        page.Console += (_, message) =>
        {
            if (message.Type == "error" && (message.Text.Contains("Content Security Policy", StringComparison.Ordinal) || message.Text.Contains("Uncaught", StringComparison.Ordinal)))
            {
                Complaints.Enqueue(message.Text);
            }
        };
    }
}
