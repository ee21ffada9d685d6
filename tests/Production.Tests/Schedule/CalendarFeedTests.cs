using Tessera.Testing;

namespace Tessera.Production.Tests.Schedule;

public sealed class CalendarFeedTests(Api api) : IClassFixture<Api>
{
    [Fact]
    public async Task A_person_subscribes_to_their_own_shoots_and_deliveries()
    {
        var school = await api.FoundSchoolAsync();
        var (login, _, mine) = await school.AddStudentLoginAsync();
        (await school.Admin.Patch($"production/projects/{mine}", new { shootDate = "2026-05-05", shootEndDate = "2026-05-07", gradeDate = "2026-05-20", deliveryDate = "2026-06-30" }, version: 1)).Must(200);
        await school.Admin.AddProjectAsync(new { title = "Somebody else's", shootDate = "2026-05-05" });

        var file = await api.Anonymous.Get(await LinkAsync(login));

        Assert.Equal("text/calendar", file.Must(200).ContentHeaders.ContentType?.MediaType);
        Assert.Contains("SUMMARY:Shoot: Theirs\r\n", file.Text, StringComparison.Ordinal);
        Assert.Contains("SUMMARY:Delivery: Theirs\r\n", file.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Somebody else", file.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Days_end_on_the_day_after_the_last()
    {
        var school = await api.FoundSchoolAsync("Pacific/Chatham");
        var (login, _, mine) = await school.AddStudentLoginAsync();
        (await school.Admin.Patch($"production/projects/{mine}", new { shootDate = "2026-05-05", shootEndDate = "2026-05-07", deliveryDate = "2026-06-30" }, version: 1)).Must(200);

        var text = (await api.Anonymous.Get(await LinkAsync(login))).Must(200).Text;

        Assert.Contains("DTSTART;VALUE=DATE:20260505\r\nDTEND;VALUE=DATE:20260508\r\n", text, StringComparison.Ordinal);
        Assert.Contains("DTSTART;VALUE=DATE:20260630\r\nDTEND;VALUE=DATE:20260701\r\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_new_address_ends_the_old_one_and_revoking_ends_both()
    {
        var school = await api.FoundSchoolAsync();
        var first = await LinkAsync(school.Admin);
        var second = await LinkAsync(school.Admin);

        (await api.Anonymous.Get(first)).Must(404, "not_found");
        (await api.Anonymous.Get(second)).Must(200);
        Assert.True((await school.Admin.Get("production/calendar-feed")).Must(200)["exists"].GetBoolean());
        (await school.Admin.Delete("production/calendar-feed")).Must(204);

        (await api.Anonymous.Get(second)).Must(404);
        Assert.False((await school.Admin.Get("production/calendar-feed")).Must(200)["exists"].GetBoolean());
    }

    [Fact]
    public async Task An_address_is_as_good_as_its_owner_and_only_its_hash_is_kept()
    {
        var school = await api.FoundSchoolAsync();
        var producer = await school.AddAsync("producer");
        var link = await LinkAsync(producer);
        (await api.Anonymous.Get(link)).Must(200);
        var token = link.Split('/')[^2];

        (await school.Admin.Put($"users/{producer.UserId}/pages/schedule", new { access = "deny" })).Must(200);

        (await api.Anonymous.Get(link)).Must(404);
        Assert.Equal(0L, await api.SqlAsync($"select count(*) from kernel.change where tenant_id = '{school.Id}' and (before::text || after::text) like '%{token}%'"));
        Assert.Equal(32, await api.SqlAsync($"select octet_length(token_hash) from production.calendar_feed where tenant_id = '{school.Id}'"));
        (await api.Anonymous.Get("/api/v1/production/calendar-feed/guess/calendar.ics")).Must(404);
    }

    private static async Task<string> LinkAsync(Client person) => new Uri((await person.Post("production/calendar-feed")).Must(200)["link"].GetString()!).AbsolutePath;
}
