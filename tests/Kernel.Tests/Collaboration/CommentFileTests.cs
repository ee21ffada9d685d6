using Microsoft.Extensions.DependencyInjection;
using Tessera.Kernel.Database;
using Tessera.Kernel.Files;
using Tessera.Kernel.Tests.Backup;
using Tessera.Testing;

namespace Tessera.Kernel.Tests.Collaboration;

public sealed class CommentFileTests(Api api) : IClassFixture<Api>
{
    private const long MostBytes = 25 * 1024 * 1024;

    [Fact]
    public async Task A_file_is_uploaded_attached_and_downloaded_by_others_who_read_the_record()
    {
        var (tenant, record) = await WithRecordAsync();
        var manager = await tenant.AddAsync("manager");
        var file = await tenant.Admin.UploadedAsync("Ünicode plan.txt", "The plan");

        await tenant.Admin.SayAsync(record, "", attachments: [file]);

        var attached = (await manager.Get($"{record}/comments")).Items[0].GetProperty("attachments")[0];
        Assert.Equal((file, "Ünicode plan.txt", 8, "text/plain"), (attached.GetProperty("id").GetGuid(), attached.GetProperty("name").GetString(), attached.GetProperty("size").GetInt32(), attached.GetProperty("contentType").GetString()));
        Assert.Equal("The plan", await manager.DownloadedAsync(file));
        var ticket = (await manager.Post($"files/{file}/link")).Must(200);
        (await api.Anonymous.Get(ticket["url"].GetString()!)).Must(200);
        (await api.Anonymous.Get(ticket["url"].GetString()!)).Must(404, "not_found");
        Assert.Equal(2, (await manager.Get($"{record}/history")).Items.Count(h => h.GetProperty("action").GetString() == "download_file"));
    }

    [Fact]
    public async Task A_files_type_is_told_by_its_content()
    {
        var tenant = await api.FoundAsync();
        byte[] png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3];

        Assert.Equal("image/png", (await tenant.Admin.SendFileAsync("holiday.pdf", png)).Must(201)["contentType"].GetString());
        Assert.Equal("text/plain", (await tenant.Admin.SendFileAsync("page.html", "<script>alert(1)</script>"u8.ToArray())).Must(201)["contentType"].GetString());
    }

    [Fact]
    public async Task A_picture_is_shown_to_those_who_read_the_record_and_leaves_no_trace()
    {
        var (tenant, record) = await WithRecordAsync();
        var (manager, stranger) = (await tenant.AddAsync("manager"), await api.FoundAsync());
        byte[] png = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3];
        var (picture, text) = ((await tenant.Admin.SendFileAsync("still.png", png)).Must(201).Id, await tenant.Admin.UploadedAsync());
        (await manager.Get($"files/{picture}/image")).Must(404, "not_found");

        await tenant.Admin.SayAsync(record, "", attachments: [picture, text]);

        var shown = (await manager.Get($"files/{picture}/image")).Must(200);
        Assert.Equal(("image/png", png.Length, "no-store"), (shown.ContentHeaders.ContentType?.ToString(), (int)shown.ContentHeaders.ContentLength!, shown.Headers.CacheControl?.ToString()));
        (await manager.Get($"files/{text}/image")).Must(404, "not_found");
        (await stranger.Admin.Get($"files/{picture}/image")).Must(404, "not_found");
        (await api.Anonymous.Get($"files/{picture}/image")).Must(401);
        Assert.DoesNotContain((await manager.Get($"{record}/history")).Items, h => h.GetProperty("action").GetString() == "download_file");

        (await tenant.Admin.Put($"users/{manager.UserId}/pages/candidates", new { access = "deny", reason = "On leave" })).Must(200);
        (await manager.Get($"files/{picture}/image")).Must(404, "not_found");
    }

    [Fact]
    public async Task An_upload_has_a_name_some_content_and_an_end()
    {
        var tenant = await api.FoundAsync();

        Assert.Contains("name", (await tenant.Admin.SendFileAsync(" ", [1])).Must(400, "validation_failed").Faults);
        Assert.Contains("name", (await tenant.Admin.SendFileAsync(new string('x', 256), [1])).Must(400, "validation_failed").Faults);
        (await tenant.Admin.SendFileAsync("empty.txt", [])).Must(400, "empty_file");
        (await tenant.Admin.SendFileAsync("big.bin", new byte[MostBytes + 1])).Must(413, "too_large");
        (await tenant.Admin.SendFileAsync("fits.bin", new byte[MostBytes])).Must(201);
        (await api.Anonymous.SendFileAsync("x.txt", [1])).Must(401);
    }

    [Fact]
    public async Task Only_ones_own_waiting_uploads_can_be_attached_and_each_once()
    {
        var (tenant, record) = await WithRecordAsync();
        var (manager, stranger) = (await tenant.AddAsync("manager"), await api.FoundAsync());
        var (mine, theirs, foreign) = (await tenant.Admin.UploadedAsync(), await manager.UploadedAsync(), await stranger.Admin.UploadedAsync());
        async Task RefusedAsync(string field, params Guid[] files) =>
            Assert.Equal([field], (await tenant.Admin.Post($"{record}/comments", new { body = "x", attachments = files })).Must(400, "validation_failed").Faults);

        await RefusedAsync("attachments[1]", mine, theirs);
        await RefusedAsync("attachments[0]", foreign);
        await RefusedAsync("attachments[0]", Guid.CreateVersion7());
        await RefusedAsync("attachments[1]", mine, mine);
        var said = await tenant.Admin.SayAsync(record, "Mine.", attachments: [mine]);
        await RefusedAsync("attachments[0]", mine);
        (await tenant.Admin.Put($"{record}/comments/{said.Id}", new { body = "Still mine.", attachments = new[] { mine } })).Must(200);
    }

    [Fact]
    public async Task Of_two_comments_that_take_a_file_at_once_one_gets_it()
    {
        var (tenant, record) = await WithRecordAsync();
        for (var round = 0; round < 5; round++)
        {
            var file = await tenant.Admin.UploadedAsync();

            var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(i => tenant.Admin.Post($"{record}/comments", new { body = $"No. {i}", attachments = new[] { file } })));

            Assert.Equal([201, 400, 400, 400], answers.Select(a => a.Status).Order());
        }
    }

    [Fact]
    public async Task A_waiting_upload_is_its_uploaders_for_a_day_and_then_gone()
    {
        var (tenant, record) = await WithRecordAsync();
        var manager = await tenant.AddAsync("manager");
        var (waiting, attached) = (await manager.UploadedAsync("waiting.txt", "Waiting"), await manager.UploadedAsync("attached.txt", "Attached"));
        await manager.SayAsync(record, "Here.", attachments: [attached]);

        (await tenant.Admin.Post($"files/{waiting}/link")).Must(404, "not_found");
        Assert.Equal("Waiting", await manager.DownloadedAsync(waiting));
        api.Clock.Advance(TimeSpan.FromDays(1));
        (await manager.SignInAsync(manager.Email, Api.Password, tenant.Slug)).Must(200);
        (await manager.Post($"files/{waiting}/link")).Must(404, "not_found");
        Assert.Equal(["attachments[0]"], (await manager.Post($"{record}/comments", new { body = "Late.", attachments = new[] { waiting } })).Must(400).Faults);
        await SweepAsync(tenant);
        Assert.Equal(["attached.txt"], await NamesAsync(tenant));
        Assert.Equal("Attached", await manager.DownloadedAsync(attached));
    }

    [Fact]
    public async Task Nobody_leaves_more_than_fifty_uploads_waiting()
    {
        var tenant = await api.FoundAsync();
        for (var i = 0; i < 50; i++)
        {
            await tenant.Admin.UploadedAsync();
        }

        (await tenant.Admin.SendFileAsync("one more.txt", [65])).Must(409, "too_many_uploads");
        await (await tenant.AddAsync("manager")).UploadedAsync();
    }

    [Fact]
    public async Task A_file_goes_with_the_comment_or_the_change_that_lets_it_go()
    {
        var (tenant, record) = await WithRecordAsync();
        var (first, second, third) = (await tenant.Admin.UploadedAsync("1.txt"), await tenant.Admin.UploadedAsync("2.txt"), await tenant.Admin.UploadedAsync("3.txt"));
        var said = await tenant.Admin.SayAsync(record, "Files.", attachments: [first, second]);
        (await tenant.Admin.Put($"{record}/comments/{said.Id}", new { body = "Files." })).Must(200);

        var changed = (await tenant.Admin.Put($"{record}/comments/{said.Id}", new { body = "Files.", attachments = new[] { third, second } })).Must(200);

        Assert.Equal([third, second], changed["attachments"].EnumerateArray().Select(a => a.GetProperty("id").GetGuid()));
        (await tenant.Admin.Post($"files/{first}/link")).Must(404, "not_found");
        (await tenant.Admin.Post($"files/{second}/link")).Must(200);
        (await tenant.Admin.Delete($"{record}/comments/{said.Id}")).Must(204);
        (await tenant.Admin.Post($"files/{second}/link")).Must(404, "not_found");
        api.Clock.Advance(TimeSpan.FromSeconds(1));
        await SweepAsync(tenant);
        Assert.Empty(await NamesAsync(tenant));
    }

    [Fact]
    public async Task A_file_is_had_only_by_who_may_read_its_record_also_after_the_link_was_made()
    {
        var (tenant, record) = await WithRecordAsync();
        var (manager, agent, stranger) = (await tenant.AddAsync("manager"), await tenant.AddAsync("agent"), await api.FoundAsync());
        var file = await tenant.Admin.UploadedAsync();
        await tenant.Admin.SayAsync(record, "Here.", attachments: [file]);

        (await agent.Post($"files/{file}/link")).Must(404, "not_found");
        (await stranger.Admin.Post($"files/{file}/link")).Must(404, "not_found");
        var (managers, admins) = ((await manager.Post($"files/{file}/link")).Must(200), (await tenant.Admin.Post($"files/{file}/link")).Must(200));
        (await tenant.Admin.Put($"users/{manager.UserId}/pages/candidates", new { access = "deny" })).Must(200);
        (await api.Anonymous.Get(managers["url"].GetString()!)).Must(404, "not_found");
        (await tenant.Admin.Delete(record, version: 1)).Must(204);
        (await api.Anonymous.Get(admins["url"].GetString()!)).Must(404, "not_found");
        (await tenant.Admin.Post($"files/{file}/link")).Must(404, "not_found");
    }

    [Fact]
    public async Task A_student_has_the_files_of_their_own_productions_and_no_others()
    {
        var school = await api.FoundSchoolAsync();
        var (login, _, own) = await school.AddStudentLoginAsync();
        var other = (await school.Admin.AddProjectAsync()).Id;
        var (mine, theirs) = (await school.Admin.UploadedAsync("mine.txt", "Mine"), await school.Admin.UploadedAsync("theirs.txt", "Theirs"));
        await school.Admin.SayAsync($"production/projects/{own}", "Here.", attachments: [mine]);
        await school.Admin.SayAsync($"production/projects/{other}", "Here.", attachments: [theirs]);

        Assert.Equal("Mine", await login.DownloadedAsync(mine));
        (await login.Post($"files/{theirs}/link")).Must(404, "not_found");
        Assert.Equal("Theirs", await school.Admin.DownloadedAsync(theirs));
    }

    [Fact]
    public async Task A_link_made_before_the_student_left_the_production_is_void()
    {
        var school = await api.FoundSchoolAsync();
        var (login, student, own) = await school.AddStudentLoginAsync();
        var file = await school.Admin.UploadedAsync();
        await school.Admin.SayAsync($"production/projects/{own}", "Here.", attachments: [file]);
        var ticket = (await login.Post($"files/{file}/link")).Must(200);

        var place = Assert.Single((await school.Admin.Get($"production/crew?studentId={student}")).Must(200).Items);
        (await school.Admin.Delete($"production/crew/{place.GetProperty("id").GetGuid()}", version: place.GetProperty("version").GetInt32())).Must(204);

        (await api.Anonymous.Get(ticket["url"].GetString()!)).Must(404, "not_found");
    }

    [Fact]
    public async Task A_backup_brings_threads_checklists_pins_and_files_back()
    {
        var (tenant, record) = await WithRecordAsync();
        var file = await tenant.Admin.UploadedAsync("kept.txt", "Kept");
        var first = await tenant.Admin.SayAsync(record, "First.", attachments: [file], checklist: ["Do it"], clientVisible: true);
        await tenant.Admin.SayAsync(record, "Answer.", first.Id);
        (await tenant.Admin.Patch($"{record}/comments/{first.Id}", new { pinned = true })).Must(200);
        await tenant.Admin.UploadedAsync("waiting.txt", "Waiting");
        var before = (await tenant.Admin.Get($"{record}/comments")).Must(200);
        var backup = await tenant.Admin.BackUpAsync();
        (await tenant.Admin.Delete($"{record}/comments/{first.Id}")).Must(204);
        api.Clock.Advance(TimeSpan.FromSeconds(1));
        await SweepAsync(tenant, waitingToo: true);
        Assert.Empty(await NamesAsync(tenant));

        var asked = (await tenant.Admin.Post($"backup/{backup.Id}/restore", new { mode = "replace" })).Must(202);
        var job = await tenant.Admin.JobAsync(asked.Id);

        Assert.True(job["status"].GetString() == "succeeded", job.Text);
        var after = (await tenant.Admin.Get($"{record}/comments")).Must(200);
        static string Said(Answer list) => System.Text.RegularExpressions.Regex.Replace(list.Text, "\"version\":\\d+", "");
        Assert.Equal(Said(before), Said(after));
        Assert.Equal(["kept.txt"], await NamesAsync(tenant));
        Assert.Equal("Kept", await tenant.Admin.DownloadedAsync(file));
    }

    [Fact]
    public async Task Erasing_a_person_takes_checklists_and_files_too()
    {
        var tenant = await api.FoundAsync();
        var candidate = await tenant.Admin.AddCandidateAsync("Xenia Quill");
        var record = $"recruiting/candidates/{candidate.Id}";
        var file = await tenant.Admin.UploadedAsync("quill.txt", "About Quill");
        await tenant.Admin.SayAsync(record, "Quill.", attachments: [file], checklist: ["Call Quill"]);
        await tenant.Admin.DownloadedAsync(file);

        (await tenant.Admin.Post($"{record}/erase", new { confirm = "Xenia Quill" })).Must(204);

        (await tenant.Admin.Post($"files/{file}/link")).Must(404, "not_found");
        api.Clock.Advance(TimeSpan.FromSeconds(1));
        await SweepAsync(tenant);
        Assert.Equal(0L, await api.SqlAsync("select count(*) from kernel.comment c where tenant_id = $1 and c::text ilike '%quill%'", tenant.Id));
        Assert.Equal(0L, await api.SqlAsync("select count(*) from kernel.change where tenant_id = $1 and change::text ilike '%quill%'", tenant.Id));
        Assert.Empty(await NamesAsync(tenant));
        Assert.Empty(Directory.EnumerateFiles(Path.Combine(api.DataFolder, "files", tenant.Id.ToString()), "*", SearchOption.AllDirectories));
    }

    private async Task<(TestTenant Tenant, string Record)> WithRecordAsync()
    {
        var tenant = await api.FoundAsync();
        return (tenant, $"recruiting/candidates/{(await tenant.Admin.AddCandidateAsync()).Id}");
    }

    private async Task SweepAsync(TestTenant tenant, bool waitingToo = false)
    {
        if (waitingToo)
        {
            await api.SqlAsync("update kernel.stored_file set expires_at = '2000-01-01Z' where tenant_id = $1 and purpose = 'attachment' and expires_at is not null", tenant.Id);
        }

        await using var db = api.Open(TenantScope.System(tenant.Id));
        await api.Services.GetRequiredService<FileStore>().SweepAsync(db, CancellationToken.None);
    }

    private async Task<string[]> NamesAsync(TestTenant tenant) =>
        (string[])(await api.SqlAsync("select coalesce(array_agg(name order by name), '{}') from kernel.stored_file where tenant_id = $1 and purpose = 'attachment'", tenant.Id))!;
}
