using System.Text.Json;
using Tessera.Testing;

namespace Tessera.Kernel.Tests.Collaboration;

public sealed class CommentThreadTests(Api api) : IClassFixture<Api>
{
    [Fact]
    public async Task An_answer_to_an_answer_joins_its_thread_oldest_first()
    {
        var (tenant, record) = await WithRecordAsync();
        var manager = await tenant.AddAsync("manager");
        var first = await tenant.Admin.SayAsync(record, "Who calls?");
        var second = await manager.SayAsync(record, "I do.", first.Id);
        var third = await tenant.Admin.SayAsync(record, "Thank you.", second.Id);
        await tenant.Admin.SayAsync(record, "Another thing.");

        var threads = (await tenant.Admin.Get($"{record}/comments")).Must(200).Items;

        Assert.Equal(["Another thing.", "Who calls?"], threads.Select(Body));
        Assert.Equal(["I do.", "Thank you."], threads[1].GetProperty("replies").EnumerateArray().Select(Body));
        Assert.Equal((first.Id, first.Id), (second["replyToId"].GetGuid(), third["replyToId"].GetGuid()));
    }

    [Fact]
    public async Task A_comment_sent_again_with_its_key_is_said_once_files_and_all()
    {
        var (tenant, record) = await WithRecordAsync();
        var file = await tenant.Admin.UploadedAsync();
        var said = new { body = "Once.", attachments = new[] { file } };

        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => PostAsync(tenant.Admin, record, "double click", said)));
        var later = (await PostAsync(tenant.Admin, record, "double click", said)).Must(201);

        Assert.Equal(later.Id, Assert.Single(answers.Select(a => a.Must(201).Id).Distinct()));
        Assert.Equal(5, answers.Count(a => a.Headers.Contains("Idempotent-Replay")));
        Assert.Equal((later.ETag, file), (answers[0].ETag, Assert.Single(later["attachments"].EnumerateArray()).GetProperty("id").GetGuid()));
        Assert.Equal("Once.", Body(Assert.Single((await tenant.Admin.Get($"{record}/comments")).Must(200).Items)));

        (await PostAsync(tenant.Admin, record, "double click", new { body = "Twice." })).Must(422, "idempotency_key_reused");
        (await PostAsync(tenant.Admin, $"recruiting/candidates/{(await tenant.Admin.AddCandidateAsync()).Id}", "double click", said)).Must(422, "idempotency_key_reused");
        (await PostAsync(tenant.Admin, record, "schlüssel", said)).Must(400, "invalid_idempotency_key");
        (await PostAsync(tenant.Admin, record, "refused", new { body = "" })).Must(400);
        (await PostAsync(tenant.Admin, record, "refused", new { body = "Free." })).Must(201);
    }

    [Fact]
    public async Task What_was_said_and_removed_since_is_not_said_again()
    {
        var (tenant, record) = await WithRecordAsync();
        var said = (await PostAsync(tenant.Admin, record, "k", new { body = "Gone." })).Must(201);
        (await tenant.Admin.Delete($"{record}/comments/{said.Id}")).Must(204);

        var again = (await PostAsync(tenant.Admin, record, "k", new { body = "Gone." })).Must(201);

        Assert.Equal((said.Id, true, ""), (again.Id, again["removed"].GetBoolean(), again["body"].GetString()));
        Assert.Empty((await tenant.Admin.Get($"{record}/comments")).Must(200).Items);
    }

    [Fact]
    public async Task An_answer_needs_a_comment_of_the_same_record_and_stays_in_its_thread()
    {
        var (tenant, record) = await WithRecordAsync();
        var other = $"recruiting/candidates/{(await tenant.Admin.AddCandidateAsync()).Id}";
        var (stranger, theirs) = await WithRecordAsync();
        var (elsewhere, foreign) = (await tenant.Admin.SayAsync(other, "Elsewhere."), await stranger.Admin.SayAsync(theirs, "Foreign."));
        var removed = await tenant.Admin.SayAsync(record, "Removed.");
        (await tenant.Admin.Delete($"{record}/comments/{removed.Id}")).Must(204);

        foreach (var id in new[] { elsewhere.Id, foreign.Id, removed.Id, Guid.CreateVersion7() })
        {
            Assert.Equal(["replyToId"], (await tenant.Admin.Post($"{record}/comments", new { body = "To whom?", replyToId = id })).Must(400, "validation_failed").Faults);
        }

        var (first, second) = (await tenant.Admin.SayAsync(record, "First."), await tenant.Admin.SayAsync(record, "Second."));
        var reply = await tenant.Admin.SayAsync(record, "Answer.", first.Id);
        Assert.Equal(["replyToId"], (await tenant.Admin.Put($"{record}/comments/{reply.Id}", new { body = "Moved.", replyToId = second.Id })).Must(400).Faults);
        (await tenant.Admin.Put($"{record}/comments/{reply.Id}", new { body = "Stays.", replyToId = first.Id })).Must(200);
    }

    [Fact]
    public async Task A_thread_whose_first_comment_was_removed_is_still_read()
    {
        var (tenant, record) = await WithRecordAsync();
        var first = await tenant.Admin.SayAsync(record, "Regretted", checklist: ["Secret step"]);
        var reply = await tenant.Admin.SayAsync(record, "An answer.", first.Id);
        (await tenant.Admin.Patch($"{record}/comments/{first.Id}", new { pinned = true })).Must(200);

        (await tenant.Admin.Delete($"{record}/comments/{first.Id}")).Must(204);

        var list = (await tenant.Admin.Get($"{record}/comments")).Must(200);
        var thread = Assert.Single(list.Items);
        Assert.True(thread.GetProperty("removed").GetBoolean());
        Assert.Equal("An answer.", Body(Assert.Single(thread.GetProperty("replies").EnumerateArray())));
        Assert.DoesNotContain("Regretted", list.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Secret step", list.Text, StringComparison.Ordinal);
        (await tenant.Admin.Post($"{record}/comments", new { body = "More.", replyToId = reply.Id })).Must(201);
        (await tenant.Admin.Put($"{record}/comments/{first.Id}", new { body = "Back?" })).Must(404, "not_found");
        foreach (var answer in (await tenant.Admin.Get($"{record}/comments")).Items[0].GetProperty("replies").EnumerateArray())
        {
            (await tenant.Admin.Delete($"{record}/comments/{answer.GetProperty("id").GetGuid()}")).Must(204);
        }

        Assert.Empty((await tenant.Admin.Get($"{record}/comments")).Must(200).Items);
    }

    [Fact]
    public async Task A_thread_has_an_end()
    {
        var (tenant, record) = await WithRecordAsync();
        var first = await tenant.Admin.SayAsync(record, "First.");
        await api.SqlAsync(
            """
            insert into kernel.comment (tenant_id, id, record_kind, record_id, author_id, author_name, reply_to_id, body, mentions, pinned, client_visible, checklist, attachments, version, created_at, updated_at)
            select tenant_id, gen_random_uuid(), record_kind, record_id, author_id, author_name, id, 'Again.', '{}', false, false, '[]', '[]', 1, now(), now()
            from kernel.comment, generate_series(1, 200) where id = $1
            """,
            first.Id);

        (await tenant.Admin.Post($"{record}/comments", new { body = "One more.", replyToId = first.Id })).Must(409, "thread_full");
    }

    [Fact]
    public async Task Everybody_who_may_write_pins_and_the_pinned_come_apart_with_the_first_page()
    {
        var (tenant, record) = await WithRecordAsync();
        var manager = await tenant.AddAsync("manager");
        var pinned = await tenant.Admin.SayAsync(record, "Read this.");
        var reply = await tenant.Admin.SayAsync(record, "Read.", pinned.Id);
        for (var i = 0; i < 3; i++)
        {
            await tenant.Admin.SayAsync(record, $"No. {i}");
        }

        Assert.True((await manager.Patch($"{record}/comments/{pinned.Id}", new { pinned = true })).Must(200)["pinned"].GetBoolean());

        var first = (await manager.Get($"{record}/comments?limit=2")).Must(200);
        var second = (await manager.Get($"{record}/comments?limit=2&before={first["nextBefore"].GetString()}")).Must(200);
        var thread = Assert.Single(first["pinned"].EnumerateArray());
        Assert.Equal(("Read this.", "Read."), (Body(thread), Body(Assert.Single(thread.GetProperty("replies").EnumerateArray()))));
        Assert.Equal(["No. 2", "No. 1", "No. 0"], first.Items.Concat(second.Items).Select(Body));
        Assert.Empty(second["pinned"].EnumerateArray());
        Assert.Equal(["pinned"], (await manager.Patch($"{record}/comments/{reply.Id}", new { pinned = true })).Must(400).Faults);
        Assert.False((await manager.Patch($"{record}/comments/{pinned.Id}", new { pinned = false })).Must(200)["pinned"].GetBoolean());
        Assert.Equal(4, (await manager.Get($"{record}/comments")).Items.Count);
        Assert.Equal(["unpin_comment", "pin_comment"], (await ActionsAsync(manager, record)).Where(a => a.EndsWith("pin_comment", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task At_most_twenty_threads_are_pinned()
    {
        var (tenant, record) = await WithRecordAsync();
        for (var i = 0; i < 20; i++)
        {
            (await tenant.Admin.Patch($"{record}/comments/{(await tenant.Admin.SayAsync(record, $"No. {i}")).Id}", new { pinned = true })).Must(200);
        }

        var last = await tenant.Admin.SayAsync(record, "One more.");

        (await tenant.Admin.Patch($"{record}/comments/{last.Id}", new { pinned = true })).Must(409, "too_many_pins");
        Assert.Equal(20, (await tenant.Admin.Get($"{record}/comments"))["pinned"].GetArrayLength());
    }

    [Fact]
    public async Task Two_people_who_tick_different_items_at_once_both_count()
    {
        var (tenant, record) = await WithRecordAsync();
        var manager = await tenant.AddAsync("manager");
        var said = await tenant.Admin.SayAsync(record, "To do:", checklist: [.. Enumerable.Range(1, 12).Select(i => $"Step {i}")]);
        var items = said["checklist"].EnumerateArray().Select(i => i.GetProperty("id").GetGuid()).ToList();

        var answers = await Task.WhenAll(items.Select((item, i) => (i % 2 == 0 ? tenant.Admin : manager).Patch($"{record}/comments/{said.Id}", new { @checked = new Dictionary<Guid, bool> { [item] = true } })));

        Assert.All(answers, answer => answer.Must(200));
        var comment = Assert.Single((await tenant.Admin.Get($"{record}/comments")).Items);
        Assert.All(comment.GetProperty("checklist").EnumerateArray(), item => Assert.True(item.GetProperty("done").GetBoolean()));
        Assert.Equal(12, (await ActionsAsync(tenant.Admin, record)).Count(a => a == "tick_checklist"));
        Assert.Equal(JsonValueKind.Null, comment.GetProperty("editedAt").ValueKind);
    }

    [Fact]
    public async Task Ticking_names_items_of_the_list_and_what_changes_nothing_leaves_no_trace()
    {
        var (tenant, record) = await WithRecordAsync();
        var reader = await tenant.AddAsync("viewer");
        (await tenant.Admin.Put($"users/{reader.UserId}/pages/candidates", new { access = "grant", level = "read" })).Must(200);
        var said = await tenant.Admin.SayAsync(record, "To do:", checklist: ["Call", "Write"]);
        var (path, item, unknown) = ($"{record}/comments/{said.Id}", said["checklist"][0].GetProperty("id").GetGuid(), Guid.CreateVersion7());
        Task<Answer> TickAsync(Client person, Guid id, bool done, int? version = null) => person.Patch(path, new { @checked = new Dictionary<Guid, bool> { [id] = done } }, version);

        Assert.Equal([$"checked.{unknown}"], (await TickAsync(tenant.Admin, unknown, true)).Must(400, "validation_failed").Faults);
        (await TickAsync(reader, item, true)).Must(403, "forbidden");
        (await TickAsync(tenant.Admin, item, true, version: 9)).Must(412, "version_conflict");
        Assert.Equal(said.Version, (await TickAsync(tenant.Admin, item, false)).Must(200).Version);
        Assert.Equal(said.Version, (await tenant.Admin.Patch(path, new { })).Must(200).Version);
        Assert.Equal(said.Version + 1, (await TickAsync(tenant.Admin, item, true, said.Version)).Must(200).Version);
        Assert.Equal(said.Version + 2, (await TickAsync(tenant.Admin, item, false)).Must(200).Version);
        Assert.Equal(["untick_checklist", "tick_checklist", "create_comment", "create_candidate"], await ActionsAsync(tenant.Admin, record));
        (await tenant.Admin.Patch($"{record}/comments/{Guid.CreateVersion7()}", new { pinned = true })).Must(404, "not_found");
        (await (await api.FoundAsync()).Admin.Patch(path, new { pinned = true })).Must(404, "not_found");
    }

    [Fact]
    public async Task The_activity_names_the_record_somebody_spoke_about()
    {
        var (tenant, record) = await WithRecordAsync();
        var name = (await tenant.Admin.Get(record)).Must(200)["fullName"].GetString();
        var said = await tenant.Admin.SayAsync(record, "Look here.");
        (await tenant.Admin.Patch($"{record}/comments/{said.Id}", new { pinned = true })).Must(200);
        (await tenant.Admin.Delete($"{record}/comments/{said.Id}")).Must(204);

        var lines = (await tenant.Admin.Get("audit?action=create_comment,pin_comment,delete_comment")).Must(200).Items;

        Assert.Equal([name, name, name], lines.Select(line => line.GetProperty("label").GetString()));
    }

    [Fact]
    public async Task Rewording_a_checklist_keeps_what_is_done_and_leaving_it_out_keeps_the_list()
    {
        var (tenant, record) = await WithRecordAsync();
        var said = await tenant.Admin.SayAsync(record, "To do:", checklist: ["Call", "Write"], clientVisible: true);
        var (path, call) = ($"{record}/comments/{said.Id}", said["checklist"][0].GetProperty("id").GetGuid());
        (await tenant.Admin.Patch(path, new { @checked = new Dictionary<Guid, bool> { [call] = true } })).Must(200);

        var reworded = (await tenant.Admin.Put(path, new { body = "To do:", checklist = new object[] { new { id = call, text = "Call back" }, new { text = "Visit", done = true } } })).Must(200);
        var shortened = (await tenant.Admin.Put(path, new { body = "Only words." })).Must(200);
        var emptied = (await tenant.Admin.Put(path, new { body = "Nothing to do.", checklist = Array.Empty<object>(), clientVisible = false })).Must(200);

        static string[] Texts(Answer comment) => [.. comment["checklist"].EnumerateArray().Select(i => $"{i.GetProperty("text").GetString()} {i.GetProperty("done").GetBoolean()}")];
        Assert.Equal(["Call back True", "Visit True"], Texts(reworded));
        Assert.Equal(["Call back True", "Visit True"], Texts(shortened));
        Assert.Empty(Texts(emptied));
        Assert.Equal((true, false), (shortened["clientVisible"].GetBoolean(), emptied["clientVisible"].GetBoolean()));
    }

    [Fact]
    public async Task A_comment_needs_words_a_checklist_or_files_within_their_limits()
    {
        var (tenant, record) = await WithRecordAsync();
        async Task RefusedAsync(string field, object input) => Assert.Equal([field], (await tenant.Admin.Post($"{record}/comments", input)).Must(400, "validation_failed").Faults);
        var id = Guid.CreateVersion7();

        await RefusedAsync("body", new { });
        await RefusedAsync("body", new { body = "   " });
        await RefusedAsync("checklist", new { body = "x", checklist = Enumerable.Range(0, 51).Select(i => new { text = $"{i}" }) });
        await RefusedAsync("checklist[1].text", new { body = "x", checklist = new object[] { new { text = "a" }, new { text = " " } } });
        await RefusedAsync("checklist[0].text", new { body = "x", checklist = new object[] { new { text = new string('x', 501) } } });
        await RefusedAsync("checklist[1].id", new { body = "x", checklist = new object[] { new { id, text = "a" }, new { id, text = "b" } } });
        await RefusedAsync("attachments", new { body = "x", attachments = Enumerable.Range(0, 11).Select(_ => Guid.CreateVersion7()) });
        await RefusedAsync("checklist[0]", new { body = "x", checklist = new object?[] { null } });
        (await tenant.Admin.Post($"{record}/comments", new { checklist = Enumerable.Range(0, 50).Select(i => new { text = $"{i}" }) })).Must(201);
        var worded = await tenant.Admin.SayAsync(record, "Words.");
        Assert.Equal(["body"], (await tenant.Admin.Put($"{record}/comments/{worded.Id}", new { body = "" })).Must(400).Faults);
    }

    [Fact]
    public async Task Threads_of_any_size_are_read_in_two_statements()
    {
        var (tenant, record) = await WithRecordAsync();
        for (var i = 0; i < 3; i++)
        {
            var first = (await tenant.Admin.Post($"{record}/comments", new { body = $"No. {i}", mentions = new[] { tenant.Admin.UserId } })).Must(201);
            await tenant.Admin.SayAsync(record, "An answer.", first.Id, checklist: ["a", "b"]);
            (await tenant.Admin.Patch($"{record}/comments/{first.Id}", new { pinned = i == 0 })).Must(200);
        }

        var sent = await api.Statements.DuringAsync(async () => (await tenant.Admin.Get($"{record}/comments")).Must(200));

        Assert.InRange(sent.Count, 1, 2);
    }

    [Fact]
    public async Task Outside_only_comments_marked_for_it_are_read_and_their_authors_only_where_people_are_shown()
    {
        var (tenant, record) = await WithRecordAsync();
        var inside = await tenant.Admin.SayAsync(record, "Among ourselves.");
        var file = await tenant.Admin.UploadedAsync("offer.txt", "The offer");
        await tenant.Admin.SayAsync(record, "For the client.", inside.Id, [file], ["Sign"], clientVisible: true);
        var (hidden, gone) = (await tenant.Admin.UploadedAsync("inside.txt"), await tenant.Admin.SayAsync(record, "Gone.", clientVisible: true));
        await tenant.Admin.SayAsync(record, "With a file.", attachments: [hidden]);
        (await tenant.Admin.Delete($"{record}/comments/{gone.Id}")).Must(204);
        async Task<string> ShareAsync(bool includePersonal) =>
            (await tenant.Admin.Post($"{record}/shares", new { expiresAt = api.Clock.Now.AddDays(2), includePersonal })).Must(201)["link"].GetString()!.Split('/')[^1];

        var (impersonal, personal) = (await ShareAsync(false), await ShareAsync(true));
        var (closed, open) = ((await api.Anonymous.Get($"shared/{impersonal}")).Must(200), (await api.Anonymous.Get($"shared/{personal}")).Must(200));

        foreach (var (shared, author) in new[] { (closed, null), (open, tenant.Admin.FullName) })
        {
            var comment = Assert.Single(shared["comments"].EnumerateArray());
            Assert.Equal(("For the client.", author), (Body(comment), comment.GetProperty("authorName").GetString()));
            Assert.Equal("Sign", comment.GetProperty("checklist")[0].GetProperty("text").GetString());
            Assert.Equal("offer.txt", comment.GetProperty("attachments")[0].GetProperty("name").GetString());
        }

        Assert.Equal("The offer"u8.ToArray(), await api.Anonymous.BytesAsync($"/api/v1/shared/{impersonal}/files/{file}"));
        (await api.Anonymous.Get($"shared/{impersonal}/files/{hidden}")).Must(404, "not_found");
        (await api.Anonymous.Get($"shared/{impersonal[..^1]}x/files/{file}")).Must(404, "not_found");
    }

    private static Task<Answer> PostAsync(Client person, string record, string key, object comment) =>
        person.Send(HttpMethod.Post, $"{record}/comments", comment, headers: new Dictionary<string, string>(StringComparer.Ordinal) { ["Idempotency-Key"] = key });

    private static string? Body(JsonElement comment) => comment.GetProperty("body").GetString();

    private static async Task<string[]> ActionsAsync(Client person, string record) =>
        [.. (await person.Get($"{record}/history?limit=100")).Must(200).Items.Select(h => h.GetProperty("action").GetString()!)];

    private async Task<(TestTenant Tenant, string Record)> WithRecordAsync()
    {
        var tenant = await api.FoundAsync();
        return (tenant, $"recruiting/candidates/{(await tenant.Admin.AddCandidateAsync()).Id}");
    }
}
