using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Tessera.Browser.Tests;

/// <summary>A workspace with one module, filled over HTTP so that a journey can begin where it matters.</summary>
public sealed class Desk(Product product, string slug, string adminEmail, string token)
{
    public string Slug { get; } = slug;

    public string AdminEmail { get; } = adminEmail;

    /// <summary>The administrator's access token.</summary>
    public string Token { get; } = token;

    public async Task<Guid> AddCandidateAsync(string fullName, string position = "Backend Engineer", string status = "applied")
    {
        var email = $"{Guid.CreateVersion7():N}@mail.test";
        var row = await product.PostAsync("/api/v1/recruiting/candidates", Token, new { fullName, email, position, status });
        return row.GetProperty("id").GetGuid();
    }

    public async Task<Guid> AddInterviewAsync(Guid candidateId, string interviewer, DateTimeOffset at) =>
        (await product.PostAsync("/api/v1/recruiting/interviews", Token, new { candidateId, interviewerName = interviewer, scheduledAt = at, durationMins = 60 })).GetProperty("id").GetGuid();

    /// <param name="title">What people call it.</param>
    /// <param name="dates">Fields beside the title, as the API takes them.</param>
    public async Task<Guid> AddProjectAsync(string title, params (string Field, string Value)[] dates)
    {
        var body = dates.ToDictionary(date => date.Field, date => (object)date.Value, StringComparer.Ordinal);
        body["title"] = title;
        body["status"] = "planned";
        return (await product.PostAsync("/api/v1/production/projects", Token, body)).GetProperty("id").GetGuid();
    }

    public async Task<Guid> AddStudentAsync(string firstName, string lastName, Guid? userId = null) =>
        (await product.PostAsync("/api/v1/production/students", Token, new { firstName, lastName, userId })).GetProperty("id").GetGuid();

    public Task AddTaskAsync(Guid projectId, string title, Guid studentId) =>
        product.PostAsync("/api/v1/production/tasks", Token, new { projectId, title, assigneeIds = new[] { studentId }, start = "2026-01-05", due = "2026-01-09", estimateMin = 4_800 });

    public Task<JsonElement> ProjectAsync(Guid id) => GetAsync($"/api/v1/production/projects/{id}");

    /// <summary>A colleague with a role, who can sign in.</summary>
    public async Task<(Guid Id, string Email)> AddUserAsync(string fullName, string role)
    {
        var email = $"{Guid.CreateVersion7():N}@desk.test";
        var row = await product.PostAsync("/api/v1/users", Token, new { fullName, email, role, password = Product.Password });
        return (row.GetProperty("id").GetGuid(), email);
    }

    public async Task SetPageAsync(Guid userId, string page, string access)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, $"{product.Address}/api/v1/users/{userId}/pages/{page}") { Content = JsonContent.Create(new { access }) };
        await product.SendAsync(request, Token);
    }

    public async Task<JsonElement> GetAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, product.Address + path);
        return await product.SendAsync(request, Token);
    }

    /// <summary>Changes fields of a record that is at the given version.</summary>
    public async Task<JsonElement> ChangeAsync(string path, object change, int version)
    {
        using var request = new HttpRequestMessage(HttpMethod.Patch, product.Address + path) { Content = JsonContent.Create(change, new MediaTypeHeaderValue("application/merge-patch+json")) };
        request.Headers.TryAddWithoutValidation("If-Match", $"\"{version}\"");
        return await product.SendAsync(request, Token);
    }

    public async Task SaveSettingsAsync(object settings)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, product.Address + "/api/v1/settings") { Content = JsonContent.Create(settings) };
        request.Headers.TryAddWithoutValidation("If-Match", $"\"{(await GetAsync("/api/v1/settings")).GetProperty("version").GetInt32()}\"");
        await product.SendAsync(request, Token);
    }

    /// <summary>The administrator's own name, language, time zone and theme.</summary>
    public async Task SaveProfileAsync(object profile)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, product.Address + "/api/v1/auth/profile") { Content = JsonContent.Create(profile) };
        await product.SendAsync(request, Token);
    }

    public async Task DeleteAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, product.Address + path);
        await product.SendAsync(request, Token);
    }

    /// <summary>The next working day at the given hour in Zurich, as an instant.</summary>
    public static DateTimeOffset NextWorkingDayAt(int hour)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Zurich");
        var day = TimeZoneInfo.ConvertTime(TimeProvider.System.GetUtcNow(), zone).Date.AddDays(1);
        while (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday)
        {
            day = day.AddDays(1);
        }

        return new DateTimeOffset(TimeZoneInfo.ConvertTimeToUtc(day.AddHours(hour), zone), TimeSpan.Zero);
    }
}
